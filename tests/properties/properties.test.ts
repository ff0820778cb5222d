import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeDomains } from "../../access/connection-domains.ts";
import { writePolicy } from "../../access/policy.ts";
import { bundle } from "../../actions/bundle.ts";
import { startTenant } from "../../local/tenant/server.ts";
import { Wire } from "../unit/tenant/authentication/raw.ts";
import { tenants } from "./generated.ts";
import { type Gate, install } from "./installed.ts";
import { Model } from "./model.ts";
import { play } from "./played.ts";
import { judge } from "./rules.ts";
import { type Visit, visitsTo } from "./visits.ts";

/** `make soak` plays more of them, and others each time. */
const wanted = Math.max(5_200, Number(process.env.REQUESTS || 0) / 10);
const seed = Number(process.env.SEED || 20_261_128);
const tenantsOf = (cases: number) => Math.ceil(cases / 52);
/** Every tenth tenant has the program's own Action, whose thread takes twenty times as long as all else. */
const gatedEvery = 10;
const visitsEach = { gated: 12, others: 58 };

let folder: string;
let brandNew: string;
let gate: Gate;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "properties-"));
  brandNew = join(folder, "new.db");
  await (await startTenant({ port: 0, data: brandNew, caDir: folder })).close();
  const role = { default: "member", byStage: {} };
  const firstRoles = { individual: role, customer: role, vendor: role };
  const settings = { claimNamespace: "https://app.example.com/", stages: ["lead"], firstRoles };
  gate = {
    code: await bundle("post-login", settings, []),
    clientMetadata: (admits) =>
      writePolicy({ orgTypes: [...admits], orgRequires: {}, individuals: "allow", stageClaim: "off", mfa: "off" }),
    organizationMetadata: (type) => ({ type, status: "active" }),
    connectionMetadata: (slug, domains) => writeDomains(slug, domains),
  };
});

afterAll(() => rmSync(folder, { recursive: true }));

test(
  `${wanted} generated requests: who comes in is a member, by the organization's connection, once; the rules and the tenant agree`,
  async () => {
    const began = performance.now();
    const count = tenantsOf(wanted);
    const wrong: unknown[] = [];
    const ends: Record<string, number> = {};
    let [cases, withTokens] = [0, 0];
    for (const [at, given] of fc.sample(tenants, { numRuns: count, seed }).entries()) {
      const gated = at % gatedEvery === gatedEvery - 1;
      const visits: Visit[] = fc.sample(visitsTo(given), {
        numRuns: visitsEach[gated ? "gated" : "others"],
        seed: seed + at,
      });
      const data = join(folder, `${at}.db`);
      install(brandNew, data, given, visits, gated ? gate : undefined);
      const running = await startTenant({ port: 0, data, caDir: folder, switches: given.switches });
      const wire = new Wire({ port: running.port, ca: readFileSync(join(folder, "ca.pem")) });
      if (gated) await bind(wire, gate.code);
      const model = new Model(given);
      for (const [place, visit] of visits.entries()) {
        const played = await play(wire, model, visit, place);
        const { wrong: found, got } = await judge(wire, given, visit, played, gated);
        const all = [...found, ...(played.disagreement === undefined ? [] : [played.disagreement])];
        if (all.length > 0) wrong.push({ tenant: at, place, visit, wrong: all });
        cases += 1;
        if (got) withTokens += 1;
        const end = got
          ? `tokens${got.organization ? " in" : ""}`
          : "told" in played.seen
            ? played.seen.told
            : "a page";
        ends[end] = (ends[end] ?? 0) + 1;
      }
      wire.close();
      await running.close();
      rmSync(data);
    }
    const share = Math.round((100 * withTokens) / cases);
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`${count} tenants, ${cases} requests, ${share} % end in tokens, ${seconds} s, seed ${seed}`, ends);
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(cases).toBeGreaterThan(5_000);
    expect(share).toBeGreaterThanOrEqual(34); // per cent: a third
  },
  wanted * 200,
);

/** Deploys the Action and binds it, as `pulumi up` does. */
async function bind(wire: Wire, code: string): Promise<void> {
  const call = async (method: string, path: string, content?: object): Promise<string> => {
    const headers = { authorization: "Bearer any", "content-type": "application/json" };
    const sent = { method, path: `/api/v2/actions/${path}`, headers };
    const { status, text } = await wire.ask(content ? { ...sent, body: JSON.stringify(content) } : sent);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`);
    return text;
  };
  const supported_triggers = [{ id: "post-login", version: "v3" }];
  const made = await call("POST", "actions", { name: "post-login", supported_triggers, code });
  const { id } = JSON.parse(made) as { readonly id: string };
  await call("GET", `actions/${id}`);
  await call("POST", `actions/${id}/deploy`);
  const bindings = [{ ref: { type: "action_id", value: id } }];
  await call("PATCH", "triggers/post-login/bindings", { bindings });
}
