import { beforeEach, expect, test } from "vitest";
import { type ReadSettings, readSettings } from "../../../kit/app-settings-source.ts";
import { SettingsAtAws } from "./app-settings-at-aws.ts";
import { directory } from "./known.ts";

let aws: SettingsAtAws;
const { signal } = new AbortController();
const read = (last?: ReadSettings) => readSettings(aws, last, signal);
const newer = { ...directory, organizations: {} };
const parameters = "parameters /auth0-b2b-prod";

beforeEach(() => {
  aws = new SettingsAtAws(directory);
});

test("an up that writes between the reads is read again, once", async () => {
  aws.before = (request) => {
    if (request !== "object b directory.json v1") return;
    aws.write(JSON.stringify(newer));
    throw new Error("NoSuchVersion v1");
  };
  expect((await read()).settings.directory).toEqual(newer);
  expect(aws.asked).toEqual([parameters, "object b directory.json v1", parameters, "object b directory.json v2"]);
});

test("an up that writes again and again is given up", async () => {
  aws.before = (request) => {
    if (!request.startsWith("object")) return;
    aws.write(JSON.stringify(newer));
    throw new Error(`gone: ${request}`);
  };
  await expect(read()).rejects.toThrow(new Error("gone: object b directory.json v2"));
  expect(aws.asked).toHaveLength(4);
});

test("what cannot be had while nothing changes is no reason to ask for it twice", async () => {
  aws.expire("v1");
  await expect(read()).rejects.toThrow(new Error("NoSuchVersion v1"));
  expect(aws.asked).toEqual([parameters, "object b directory.json v1", parameters]);
});

test("parameters that cannot be had are not asked for twice", async () => {
  aws.before = () => {
    throw new Error("AccessDenied");
  };
  await expect(read()).rejects.toThrow(new Error("AccessDenied"));
  expect(aws.asked).toEqual([parameters]);
});

test("a directory of the same pointer is the one that was read before", async () => {
  const first = await read();
  aws.set("apps/main/client-id", "another-client");
  const second = await read(first);
  expect(second.settings.directory).toBe(first.settings.directory);
  expect(second.settings.apps.main).toEqual({ clientId: "another-client" });
  expect(aws.asked).toEqual([parameters, "object b directory.json v1", parameters]);
});

test.each(["issuer", "claim-namespace", "directory"])("%s has to be there, and to be something", async (name) => {
  for (const value of [undefined, ""]) {
    aws.set(name, value);
    await expect(read()).rejects.toThrow(new Error(`the parameter /auth0-b2b-prod/${name} is missing`));
  }
});

test("a tenant without apps and APIs has none, and what else lies there is left alone", async () => {
  for (const name of ["apps/main/client-id", "apps/main-personal/client-id", "apis/service/identifier"]) {
    aws.set(name, undefined);
  }
  for (const name of ["apps/client-id", "apps//client-id", "apps/a/b/client-id", "apps/main/colour", "colour"]) {
    aws.set(name, "red");
  }
  aws.set("apis/service/client-id", "red");
  const { settings } = await read();
  expect([settings.apps, settings.apis]).toEqual([{}, {}]);
});

test("an app may have a name that objects have already", async () => {
  aws.set("apps/__proto__/client-id", "odd-client");
  const { apps } = (await read()).settings;
  expect(Object.entries(apps)).toContainEqual(["__proto__", { clientId: "odd-client" }]);
  expect(Object.getPrototypeOf(apps)).toBe(Object.prototype);
});

test("a parameter is one of its own, and not what every object has", async () => {
  const values = { ...(await aws.parameters("", signal)) };
  delete values["/auth0-b2b-prod/issuer"];
  const odd = Object.assign(Object.create({ "/auth0-b2b-prod/issuer": "inherited" }), values);
  const source = { ...aws, path: aws.path, parameters: async () => odd, object: aws.object.bind(aws) };
  await expect(readSettings(source, undefined, signal)).rejects.toThrow("/auth0-b2b-prod/issuer is missing");
});

test("a directory of another tenant is refused", async () => {
  aws.write(JSON.stringify({ ...directory, issuer: "https://another.example/" }));
  await expect(read()).rejects.toThrow(new Error("the directory is of another issuer than /auth0-b2b-prod/issuer"));
});

test("a directory of another checksum is refused", async () => {
  aws.write(JSON.stringify(directory), { sha256: "0".repeat(64) });
  await expect(read()).rejects.toThrow(
    new Error("directory.json in version v2 has another checksum than its pointer says"),
  );
});

test("a directory that came in part is refused, by its size", async () => {
  const at = aws.write(JSON.stringify(directory));
  const { length } = JSON.stringify(directory);
  aws.write("{", { ...at, versionId: "v3" });
  await expect(read()).rejects.toThrow(
    new Error(`directory.json in version v3 has 1 bytes, and not the ${length} of its pointer`),
  );
});

test("sizes and checksums are of UTF-8", async () => {
  aws.write(JSON.stringify({ ...directory, note: "Zoë 東京 🛫" }));
  expect((await read()).settings.directory).toMatchObject({ note: "Zoë 東京 🛫" });
});

test.each([
  ["", "the directory is damaged at its root: not an object"],
  ["{hush", "the directory is damaged at its root: not an object"],
  ["[]", "the directory is damaged at its root: not an object"],
  [JSON.stringify({ ...directory, apps: null }), "the directory is damaged at apps: not an object"],
])("a directory of %j is refused without a word of it", async (text, message) => {
  aws.write(text);
  await expect(read()).rejects.toThrow(new Error(message));
});

const pointer = { bucket: "b", key: "k", versionId: "v", sha256: "s", bytes: 1 };

test.each([
  "hush",
  "[]",
  "null",
  ...["bucket", "key", "versionId", "sha256", "bytes"].flatMap((name) => [
    JSON.stringify({ ...pointer, [name]: undefined }),
    JSON.stringify({ ...pointer, [name]: "" }),
    JSON.stringify({ ...pointer, [name]: 1.5 }),
  ]),
])("a pointer of %j is refused without a word of it", async (text) => {
  aws.set("directory", text);
  await expect(read()).rejects.toThrow(
    new Error("the parameter /auth0-b2b-prod/directory is damaged: not bucket, key, versionId, sha256 and bytes"),
  );
});
