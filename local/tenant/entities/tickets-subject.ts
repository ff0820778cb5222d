import { badBody, type Fault, missing, Refusal } from "../management/faults.ts";
import { type Body, bodiesAt, isBody, textAt } from "../management/json.ts";
import type { Call } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { emailOfIdentity, identityAt, idOfIdentity } from "./identities-of.ts";

/** Whose address or password a ticket is about. */
export interface Subject {
  readonly user: string;
  readonly identity: string;
  readonly email: string;
}

/** How an endpoint words what tickets and jobs refuse alike. */
export interface Wording {
  readonly noEmail: Fault;
  readonly notDatabase: Fault;
  readonly noConnection: (id: string) => Fault;
}

const noUser = missing("The user does not exist.", "inexistent_user");

/** The identity of `user_id` that the body means: the one under `identity`, or else the first, which must be a database's. */
export function subjectOf({ body, tenant: { objects } }: Call, wording: Wording): Subject {
  const account = objects.require("users", textAt(body, "user_id") ?? "", noUser);
  const named = body.identity;
  const identity = isBody(named)
    ? namedIdentity(objects, account, named, wording)
    : bodiesAt(account.body, "identities")[0];
  if (!isBody(named) && identity?.provider !== "auth0") throw new Refusal(wording.notDatabase);
  return subject(account, idOfIdentity(identity ?? {}), wording);
}

/** The account of a database by its address, as `connection_id` and `email` name it. */
export function subjectByEmail({ body, tenant: { objects } }: Call, wording: Wording): Subject {
  const id = textAt(body, "connection_id") ?? "";
  const connection = objects.require("connections", id, wording.noConnection(id));
  if (connection.body.strategy !== "auth0") throw new Refusal(wording.notDatabase);
  const found = identityAt(objects, textAt(connection.body, "name") ?? "", textAt(body, "email") ?? "");
  if (!found) throw new Refusal(noUser);
  return subject(found.account, found.identity, wording);
}

function namedIdentity(
  { store }: Call["tenant"]["objects"],
  account: Stored,
  named: Body,
  { noConnection }: Wording,
): Body {
  const id = textAt(named, "connection_id");
  const connection = id === undefined ? undefined : store.get("connections", id);
  if (id !== undefined && !connection) throw new Refusal(noConnection(id));
  const found = bodiesAt(account.body, "identities").find((one) => idOfIdentity(one) === idOfIdentity(named));
  if (!found || (connection && found.connection !== connection.body.name))
    throw badBody("The user exists, but does not contain the given identity.");
  if (!store.owner("connections", "name", textAt(found, "connection") ?? ""))
    throw badBody("Identity connection does not exist.");
  return found;
}

function subject(account: Stored, identity: string, { noEmail }: Wording): Subject {
  const email = emailOfIdentity(account.body, identity);
  if (email === undefined) throw new Refusal(noEmail);
  return { user: account.id, identity, email };
}

/** The app and the organization that a body names, both checked to exist, the person to be a member. */
export function placeOf({ body, tenant: { objects } }: Call, user: string): { client?: string; organization?: string } {
  const [client, organization] = [textAt(body, "client_id"), textAt(body, "organization_id")];
  if (client !== undefined && !objects.store.get("clients", client)) throw badBody("The client does not exist");
  if (organization !== undefined && !objects.store.get("organizations", organization))
    throw badBody("The organization does not exist");
  if (organization !== undefined && !objects.store.get("organization-members", user, organization))
    throw badBody(`The user with id ${user} is not a member of organization with id ${organization}.`);
  return { ...(client === undefined ? {} : { client }), ...(organization === undefined ? {} : { organization }) };
}
