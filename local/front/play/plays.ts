import type { OpenTenant } from "../../tenant/open.ts";
import type { App } from "../facts/apps.ts";
import type { Person } from "../facts/people.ts";
import { Copies } from "./copies.ts";
import { type Part, type Played, play } from "./play.ts";

/** One end of a person's login at an app, and the choices that lead there. */
export interface Way {
  readonly chosen: readonly string[];
  readonly played: Played;
}

/** What each login changes, and no login of somebody else looks at. */
const passing: ReadonlySet<string> = new Set(["sessions", "refresh-tokens", "device-credentials", "mail"]);

/** Logins played on copies of a tenant, each on one of its own. */
export class Plays {
  readonly #tenant: OpenTenant;
  /** What the board showed, for as long as nothing changes that a login may look at. */
  #known = new Map<string, Promise<readonly Way[]>>();
  #state = "";

  constructor(tenant: OpenTenant) {
    this.#tenant = tenant;
  }

  async one(part: Part): Promise<Played> {
    let copies: Copies | undefined;
    try {
      return await playOn(() => (copies ??= new Copies(this.#tenant)), part);
    } finally {
      copies?.close();
    }
  }

  /** For each person, as soon as it is known, all ways that they can go at each app. Ends early when `signal` aborts. */
  async *all(
    people: readonly Person[],
    apps: readonly App[],
    signal: AbortSignal,
  ): AsyncGenerator<readonly (readonly Way[])[]> {
    const known = this.#ofNow();
    let copies: Copies | undefined;
    const taken = () => (copies ??= new Copies(this.#tenant));
    const ways = (person: Person, app: App): Promise<readonly Way[]> => {
      const key = JSON.stringify([person.key, person.types, app.clientId]);
      const found = known.get(key);
      if (found) return found;
      const played = explore(taken, { person, app, chosen: [] }).then((all) => {
        if (all.some(({ played }) => mayPass(played))) known.delete(key);
        return all;
      });
      known.set(key, played);
      return played;
    };
    try {
      for (const person of people) {
        if (signal.aborted) return;
        yield await Promise.all(apps.map((app) => ways(person, app)));
      }
    } finally {
      copies?.close();
    }
  }

  #ofNow(): Map<string, Promise<readonly Way[]>> {
    const state = this.#tenant.tenant.objects.store.fingerprint(passing);
    if (state !== this.#state) this.#known = new Map();
    this.#state = state;
    return this.#known;
  }
}

/** Something that no login should come to is how the play ends, and not the end of the others. */
async function playOn(copies: () => Copies, part: Part): Promise<Played> {
  try {
    return await copies().fresh((copy) => play(copy, part));
  } catch (thrown) {
    const says = thrown instanceof Error ? thrown.message : String(thrown);
    return { met: [], end: { kind: "broken", says }, login: undefined, runs: [], organization: undefined };
  }
}

/** A disk that was full, a provider that was not there or an Action that took too long says nothing of the next time. */
function mayPass({ end }: Played): boolean {
  return end.kind === "broken" || (end.kind === "heard" && "error" in end.heard && end.heard.error === "server_error");
}

async function explore(copies: () => Copies, part: Part): Promise<readonly Way[]> {
  const { chosen } = part;
  const played = await playOn(copies, part);
  if (played.end.kind !== "choices") return [{ chosen, played }];
  const ways: Way[] = [];
  for (const choice of played.end.choices)
    ways.push(...(await explore(copies, { ...part, chosen: [...chosen, choice] })));
  return ways;
}
