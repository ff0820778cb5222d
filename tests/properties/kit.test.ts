import fc from "fast-check";
import { expect, test } from "vitest";
import { type ClaimedDomains, readClaimed, writeClaimed } from "../../access/claimed-domains.ts";
import type { Directory } from "../../access/directory.ts";
import { decide } from "../../actions/post-login/decide.ts";
import { connectedTenant, type Declared, declare } from "../../cli/declared/declare.ts";
import { declaredTenant, loginOf } from "../../cli/declared/logins.ts";
import { individual, type Resolution } from "../../kit/resolution.ts";
import { resolve } from "../../kit/resolver.ts";
import { retryAfter } from "../../kit/retry.ts";
import { next } from "../../login/next.ts";
import { tenantOf } from "../../login/plain.ts";
import type { Admission, Known, Request } from "../../login/request.ts";
import { defaultAnswers } from "../../login/switches.ts";
import { firstRoles } from "../../stacks/catalog.ts";
import { declareTenant } from "../../stacks/declare.ts";
import { allDomains } from "../../stacks/entry-connections.ts";
import { settingsOf } from "../harness/stack-settings.ts";
import { type Coming, comings, companies, type GeneratedCompany, type Somebody } from "./kit-generated.ts";

const cases = { tenants: 60, comings: 120 };
const seed = 20_261_128;
const settings = settingsOf("local");

/** One tenant as the program declares it, and what it exports for back ends. */
interface World {
  readonly declared: readonly Declared[];
  readonly directory: Directory;
  readonly all: readonly GeneratedCompany[];
  readonly claimed: ClaimedDomains;
}

async function worldOf(all: readonly GeneratedCompany[]): Promise<World> {
  const own = all.map((company) => ({ ...company, file: "", path: [] }));
  const exported: Directory[] = [];
  const declared = await declare(async () => {
    const { directory } = await declareTenant({ ...settings, companies: own }, connectedTenant);
    directory.apply((value) => exported.push(value as Directory));
  });
  const [directory] = exported;
  if (!directory) throw new Error("no directory is exported");
  const domains = all.flatMap(({ entry }) => allDomains(entry));
  return { declared, directory, all, claimed: readClaimed(writeClaimed(domains)) };
}

/** Where a login can end: with tokens of an organization or none, by a refusal, or where the person has no answer. */
type End = { readonly in: string | undefined } | { readonly refused: string } | { readonly stopped: string };

/** All that a login can end at, whatever the person chooses; a picker on the way counts as a stop where it must not come. */
function endsOf(
  world: World,
  somebody: Somebody,
  asked: Request,
  picks: boolean,
  one: "organization" | "picker",
): End[] {
  const tenant = tenantOf(declaredTenant(world.declared, [somebody]));
  const answers = { ...defaultAnswers, ONE_ORGANIZATION: one };
  const go = (known: Known): End[] => {
    const { step } = next(tenant, asked, known, answers);
    switch (step.kind) {
      case "name-organization":
        return step.notFound ? [{ stopped: "no company found" }] : go({ ...known, named: somebody.email });
      case "identify":
        // The same page again is one that the person has no other answer for.
        if (known.identifier !== undefined) return [{ stopped: "identify" }];
        return go({ ...known, identifier: somebody.email });
      case "password":
        if (somebody.connection !== "users") return [{ stopped: "no password" }];
        return go({ ...known, identity: { user: somebody.id, connection: step.connection } });
      case "federate":
        return go({ ...known, identity: { user: somebody.id, connection: step.connection } });
      case "pick":
        if (!picks) return [{ stopped: "picker" }];
        return [
          ...step.organizations.flatMap((organization) => go({ ...known, picked: { organization } })),
          ...(step.personal ? go({ ...known, picked: "personal" }) : []),
        ];
      case "actions":
        return [judged(world, somebody, asked.client, step)];
      case "error":
        return [{ refused: step.description }];
      default:
        return [{ stopped: step.kind }];
    }
  };
  return go({});
}

function judged({ declared, claimed }: World, somebody: Somebody, app: string, step: Admission): End {
  const login = loginOf(declared, app, { ...somebody, verified: true }, step);
  const decision = decide(login, { ...settings, firstRoles }, claimed);
  return "refusal" in decision ? { refused: decision.refusal } : { in: step.organization };
}

/** The name that the declared tenant has for a registration of the directory. */
const requestOf = ({ clientId, organization }: { clientId: string; organization: string | undefined }): Request => ({
  client: clientId.replace(/-client$/, ""),
  ...(organization === undefined ? {} : { organization }),
});

const both = ["organization", "picker"] as const;
const isIn = (end: End, organization: string | undefined) => "in" in end && end.in === organization;

/** What is wrong with an answer, by how the logins go that it leads to. */
function wrongOf(world: World, { somebody, visit }: Coming): string[] {
  const { directory } = world;
  const answer = resolve(visit, directory);
  const member = (organization: string | undefined) => belongs(world, somebody, organization);
  switch (answer.kind) {
    case "login": {
      const ends = both.flatMap((one) => endsOf(world, somebody, requestOf(answer), answer.reason === "unknown", one));
      if (answer.reason === "unknown")
        return ends.flatMap((end) => afterRetry(world, somebody, visit.app, answer.clientId, end));
      const { organization, reason } = answer;
      if (organization === undefined && somebody.connection !== "users")
        return trueOf(visit) ? ["a company's person as an individual"] : [];
      if (!member(organization))
        return visit.memberships === undefined && reason !== "domain" ? [] : ["no member there"];
      if (reason === "suspended" || reason === "not_entitled")
        return ends.every((end) => "refused" in end && end.refused.startsWith(`${reason}: `))
          ? []
          : [said(answer, ends)];
      return ends.every((end) => isIn(end, organization)) ? [] : [said(answer, ends)];
    }
    case "ask": {
      const choices = [
        ...answer.among.map(({ organization }) => organization),
        ...(answer.individual ? [individual] : []),
      ];
      return choices.flatMap((lastUsed) => {
        const chosen = resolve({ ...visit, lastUsed }, directory);
        if (chosen.kind !== "login" || chosen.reason !== "last-used")
          return [`${lastUsed} is asked for and then ${chosen.kind}`];
        return wrongOf(world, { somebody, visit: { ...visit, lastUsed } });
      });
    }
    default:
      return visit.memberships === undefined || visit.subdomain !== undefined
        ? []
        : closed(world, somebody, visit.app, answer);
  }
}

const trueOf = ({ memberships, email }: Coming["visit"]) => memberships !== undefined || email !== undefined;

function belongs({ all }: World, { memberships, connection }: Somebody, organization: string | undefined): boolean {
  if (organization === undefined) return true;
  const company = all.find(({ slug }) => `${slug}-id` === organization);
  return (
    !!company && (memberships.includes(company.slug) || Object.hasOwn(company.entry.connections ?? {}, connection))
  );
}

/** Somebody who is sent elsewhere or away would not have come in here, whichever organization was named; and comes in there. */
function closed(world: World, somebody: Somebody, app: string, answer: Resolution): string[] {
  const { clientId, individuals } = world.directory.apps[app] ?? { clientId: "" };
  const clients = [clientId, ...(individuals ? [individuals.clientId] : [])];
  const organizations = [undefined, ...Object.keys(world.directory.organizations)];
  const here = clients.flatMap((client) =>
    organizations.flatMap((organization) =>
      endsOf(world, somebody, requestOf({ clientId: client, organization }), true, "picker"),
    ),
  );
  const wrong = here.some((end) => "in" in end) ? [`${answer.kind} from ${app}, which lets the person in`] : [];
  if (answer.kind !== "elsewhere") return wrong;
  const memberships = somebody.memberships.map((slug) => `${slug}-id`);
  const there = resolve({ app: answer.app, email: somebody.email, memberships }, world.directory);
  return there.kind === "login" || there.kind === "ask" ? wrong : [...wrong, `elsewhere, and there ${there.kind}`];
}

/** A login of which nothing was known, once it is refused: who belongs to one company that suits gets into it by the one retry. */
function afterRetry(world: World, somebody: Somebody, app: string, clientId: string, end: End): string[] {
  if (!("refused" in end)) return [];
  const retry = retryAfter({ clientId, description: end.refused, retried: false }, world.directory);
  if (!retry.retry) return [];
  const memberships = somebody.memberships.map((slug) => `${slug}-id`);
  const best = resolve({ app, email: somebody.email, memberships }, world.directory);
  const ends = both.flatMap((one) => endsOf(world, somebody, requestOf(retry), false, one));
  if (ends.some((one) => "stopped" in one && one.stopped === "picker")) return ["a retry meets the picker"];
  if (best.kind !== "login") return [];
  return ends.every((one) => "in" in one) || somebody.connection !== "users"
    ? []
    : [`the retry of ${end.refused} ends in ${JSON.stringify(ends)}`];
}

const said = (answer: Resolution, ends: readonly End[]) => `${JSON.stringify(answer)} ends in ${JSON.stringify(ends)}`;

test(`${cases.tenants * cases.comings} people come to generated tenants: where the resolver sends them they get in, by the declared tenant, the login rules and the Action`, async () => {
  const kinds: Record<string, number> = {};
  const wrong: unknown[] = [];
  let [count, tenants] = [0, 0];
  for (const all of fc.sample(companies, { numRuns: cases.tenants, seed })) {
    const world = await worldOf(all);
    tenants += 1;
    for (const coming of fc.sample(comings(all), { numRuns: cases.comings, seed: seed + tenants })) {
      const answer = resolve(coming.visit, world.directory);
      const kind = answer.kind === "login" ? `login ${answer.reason}` : answer.kind;
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      const found = wrongOf(world, coming);
      if (found.length > 0) wrong.push({ tenant: tenants, coming, found });
      if (coming.visit.memberships === undefined) {
        // Whoever it is, known or not: the answer looks at the domain alone.
        const other = coming.visit.email?.replace("somebody", "nobody");
        const twin = JSON.stringify(resolve({ ...coming.visit, email: other }, world.directory));
        if (twin.replace("nobody", "somebody") !== JSON.stringify(answer)) wrong.push({ coming, found: "not alike" });
      }
      count += 1;
    }
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(count).toBeGreaterThan(5_000);
  // Each kind of answer was there often enough to be wrong.
  const reasons = [
    "subdomain",
    "domain",
    "membership",
    "last-used",
    "individual",
    "unknown",
    "suspended",
    "not_entitled",
  ];
  for (const kind of [...reasons.map((reason) => `login ${reason}`), "ask", "elsewhere", "refused"])
    expect(kinds[kind], kind).toBeGreaterThan(20);
}, 600_000);
