import { type Candidates, candidatesOf, holds } from "./candidates.ts";
import { type Context, domainOf, error } from "./organization.ts";
import type { Identity, Step } from "./request.ts";
import type { Situation } from "./situation.ts";
import type { Connection } from "./tenant.ts";

/** Who the person is: by this login, by the browser's session, or by a step that asks. */
export function authentication(situation: Situation, context: Context): Identity | Step {
  const { known, trace, tenant } = situation;
  const candidates = candidatesOf(situation, context);
  if ("kind" in candidates) return candidates;
  if (known.identity) return unlessBlocked(situation, known.identity);
  const { session } = known;
  if (session && serves(situation)) {
    const connection = tenant.connection(session.connection);
    if (!context.organization || (connection && holds(candidates.usable, connection))) {
      trace.note("single-sign-on", "the browser's session says who it is");
      return unlessBlocked(situation, session);
    }
    trace.note("session-unfit", `${context.organization.name} does not have the session's connection`);
    if (situation.switches.UNFIT_SESSION === "refuse")
      return error("access_denied", "the connection of the session is not enabled for the organization");
  }
  return ask(situation, context, candidates);
}

function serves({ request, known: { session }, trace }: Situation): boolean {
  if (request.prompt === "login" || !session) return false;
  if (request.maxAge === undefined) return true;
  // of an age in whole seconds, none is so young that it is not over 0
  if (request.maxAge > 0 && session.age <= request.maxAge) return true;
  trace.note("session-too-old", `${session.age} s and a bit are more than max_age`);
  return false;
}

function unlessBlocked({ tenant, trace }: Situation, identity: Identity): Identity | Step {
  if (tenant.user(identity.user)?.blocked !== true) return identity;
  trace.note("user-blocked", "the account is blocked");
  return error("unauthorized", "user is blocked");
}

/** The next prompt: https://auth0.com/docs/manage-users/organizations/login-flows-for-organizations (Identifier First Authentication) */
function ask(situation: Situation, context: Context, candidates: Candidates): Step {
  const { tenant, request, known, trace } = situation;
  const place = context.organization ? { organization: context.organization.id } : {};
  const by = (connection: Connection): Step => toward(situation, context, connection, candidates);
  if (request.connection !== undefined) {
    const wanted = tenant.connectionNamed(request.connection);
    if (!wanted || !holds(candidates.usable, wanted)) {
      trace.note("connection-not-enabled", `${request.connection} may not be used here`);
      return error("invalid_request", "the connection was not found");
    }
    trace.note("connection-requested", `the request names ${wanted.name}: no routing by address`);
    return by(wanted);
  }
  const pressed = candidates.usable.find(({ id }) => id === known.pressed);
  if (pressed) {
    trace.note("button", `of ${pressed.name}`);
    return by(pressed);
  }
  const identifier = identifierOf(situation);
  if (identifier !== undefined && tenant.settings.identifierFirst) {
    const routed = homeRealm(situation, candidates, identifier);
    if (routed) return by(routed);
    if (candidates.database) {
      trace.note("database-fallback", `nobody claims the address: ${candidates.database.name}`);
      return by(candidates.database);
    }
    trace.note("home-realm", "nobody claims the address, and there is no database to fall back to");
  }
  const named = identifier !== undefined || candidates.buttons.length === 0;
  if (!tenant.settings.identifierFirst && candidates.database && named) {
    trace.note("home-realm-off", "without identifier first no address leads anywhere");
    return by(candidates.database);
  }
  if (candidates.buttons.length === 0 && !candidates.database && candidates.routed.length === 0) {
    trace.note("connections-hidden", "no connection can be seen or routed to");
    return error("invalid_request", "no connections enabled for the organization are visible");
  }
  trace.note("identifier-first", "the address is asked for first");
  return {
    kind: "identify",
    ...place,
    buttons: candidates.buttons.map(({ id }) => id),
    ...(candidates.database ? { database: candidates.database.id } : {}),
    signup: candidates.signup,
    ...(request.loginHint === undefined ? {} : { hint: request.loginHint }),
  };
}

/** The address that the person goes by: typed, or, where it has not been taken back, one that stands for it. */
function identifierOf({ request, known, switches }: Situation): string | undefined {
  if (known.identifier !== undefined) return known.identifier === "" ? undefined : known.identifier;
  if (switches.LOGIN_HINT === "submits" && request.loginHint !== undefined) return request.loginHint;
  const { named } = known;
  if (switches.DISCOVERED_ADDRESS !== "goes-on" || named === undefined) return undefined;
  return domainOf(named) === undefined ? undefined : named;
}

function homeRealm(
  { tenant, switches, trace }: Situation,
  { routed }: Candidates,
  identifier: string,
): Connection | undefined {
  const domain = domainOf(identifier);
  const having = domain === undefined ? [] : tenant.connectionsOf(domain).filter((one) => holds(routed, one));
  if (having.length > 1) trace.note("alias-shared", `${having.length} connections have ${domain}`);
  const found = having.at(switches.SHARED_ALIAS === "oldest" ? 0 : -1);
  if (found) trace.note("home-realm", `${domain} belongs to ${found.name}`);
  return found;
}

function toward(situation: Situation, context: Context, connection: Connection, { signup }: Candidates): Step {
  const { request, known } = situation;
  const place = context.organization ? { organization: context.organization.id } : {};
  const identifier = identifierOf(situation) ?? (known.identifier === undefined ? request.loginHint : undefined);
  if (connection.kind === "database" || connection.kind === "passwordless") {
    return {
      kind: "password",
      connection: connection.id,
      ...place,
      signup,
      ...(identifier === undefined ? {} : { identifier }),
    };
  }
  return {
    kind: "federate",
    connection: connection.id,
    ...place,
    ...(identifier === undefined ? {} : { hint: identifier }),
  };
}
