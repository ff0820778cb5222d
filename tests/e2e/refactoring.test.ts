import { afterAll, beforeAll, expect, test } from "vitest";
import { triggers } from "./steps.ts";
import { World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await World.guarded();
  await world.up();
});

afterAll(() => world?.close());

/** What would switch logins off: deleting what carries them, or emptying a list that lets them in. */
async function harm(after: number): Promise<string[]> {
  const writes = await world.tenant.writes(after);
  return writes.flatMap(({ method, path, body }) => {
    const deletes =
      method === "DELETE" && /\/(connections|organizations|client-grants|clients|resource-servers)\b/.test(path);
    const empties = /\/bindings$/.test(path) && (body as { bindings: unknown[] }).bindings.length === 0;
    const disables = /\/connections\/[^/]+\/clients$/.test(path) && JSON.stringify(body).includes('"status":false');
    return deletes || empties || disables ? [`${method} ${path}`] : [];
  });
}

interface Refactoring {
  readonly title: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const withoutAlias: readonly Refactoring[] = [
  {
    title: "a connection's component gets another type",
    file: "components/company/enterprise-connection.ts",
    from: '"auth0-b2b:company:EnterpriseConnection"',
    to: '"auth0-b2b:company:SsoConnection"',
  },
  {
    title: "a company's component gets another name",
    file: "stacks/declare-companies.ts",
    from: "new Company(slug,",
    to: 'new Company("company-".concat(slug),',
  },
  {
    title: "the directory loses its component's type",
    file: "components/directory/user-directory.ts",
    from: '"auth0-b2b:directory:UserDirectory"',
    to: '"auth0-b2b:directory:Directory"',
  },
  {
    title: "a gate's resources get other names",
    file: "components/actions/gate.ts",
    from: "new auth0.TriggerActions(\n      name,",
    to: 'new auth0.TriggerActions(\n      name.concat("-order"),',
  },
  {
    title: "an app's grant moves to the top",
    file: "components/app/app.ts",
    from: 'subjectType: "user", scopes: [...scopes].sort() },\n      { parent: this },',
    to: 'subjectType: "user", scopes: [...scopes].sort() },\n      {},',
  },
];

test.each(withoutAlias)(
  "$title without an alias: nothing that carries logins is deleted",
  async ({ file, from, to }) => {
    const source = world.read(file);
    expect(source.split(from)).toHaveLength(2);
    const before = await world.tenant.last();
    const kept = await carriers();
    world.write(file, source.replace(from, to));
    await world.pulumi("up", "--yes", "--skip-preview");
    world.write(file, source);
    expect(await harm(before)).toEqual([]);
    expect(await carriers()).toEqual(expect.arrayContaining(kept));
  },
);

test("an app that gets another name is another app: refused by the preview, before anything is written", async () => {
  const file = "stacks/declare.ts";
  const source = world.read(file);
  const before = await world.tenant.last();
  world.write(file, source.replace("return new App(name,", 'return new App("app-".concat(name),'));
  expect(await world.refusal()).toMatch(/App\$auth0:index\/client:Client::main.*protected|protected.*Client::main/s);
  world.write(file, source);
  expect(await world.tenant.writes(before)).toEqual([]);
});

/** Every object that carries logins, with the lists that let people in. */
async function carriers(): Promise<string[]> {
  const { connections, organizations, "client-grants": grants } = await world.tenant.contents();
  const names = [...(connections ?? []), ...(organizations ?? []), ...(grants ?? [])].map(
    (one) => (one as { id: string }).id,
  );
  const clients = await Promise.all(
    (connections as { id: string }[]).map(
      async ({ id }) => `${id} ${JSON.stringify(await world.tenant.read(`connections/${id}/clients`))}`,
    ),
  );
  const bound = await Promise.all(
    triggers.map(async (trigger) => {
      const { bindings } = (await world.tenant.read(`actions/triggers/${trigger}/bindings`)) as {
        bindings: { action: { id: string } }[];
      };
      return `${trigger} ${bindings.map(({ action }) => action.id)}`;
    }),
  );
  return [...names, ...clients, ...bound];
}
