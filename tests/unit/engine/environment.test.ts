import { expect, test } from "vitest";
import { cliEnvironment, foreignNames, localVariables, type Setting } from "../../../local/engine/environment.ts";
import { localFolder } from "../../../local/engine/folder.ts";

const aSetting: Setting = {
  local: localFolder("/a b/.local"),
  port: 8443,
  engineBin: "/a b/.local/engine/3.256.0/bin",
  node: "/node/bin/node",
  platform: "linux",
};

const OURS = {
  PATH: "/node/bin:/a b/.local/engine/3.256.0/bin:/usr/bin:/bin",
  PULUMI_HOME: "/a b/.local/pulumi",
  PULUMI_BACKEND_URL: "file:///a%20b/.local/state",
  PULUMI_CONFIG_PASSPHRASE: "local",
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  AUTH0_DOMAIN: "localhost:8443",
  AUTH0_API_TOKEN: "local",
  NODE_EXTRA_CA_CERTS: "/a b/.local/ca.pem",
  SSL_CERT_FILE: "/a b/.local/roots.pem",
  NO_PROXY: "localhost,127.0.0.1",
  no_proxy: "localhost,127.0.0.1",
};

test("a bare environment gets exactly the local variables", () => {
  expect(cliEnvironment(aSetting, { PATH: "/usr/bin:/bin" })).toEqual(OURS);
});

test("the person's own variables stay, and those of other projects, tenants and accounts do not", () => {
  const inherited = {
    PATH: "/usr/bin:/bin",
    HOME: "/home/ann",
    LANG: "C.UTF-8",
    PULUMI_ACCESS_TOKEN: "pul-1",
    PULUMI_STACK: "prod",
    PULUMI_CONFIG_PASSPHRASE_FILE: "/secret",
    AUTH0_CLIENT_ID: "abc",
    AUTH0_CLIENT_SECRET: "def",
    AUTH0_DOMAIN: "acme.eu.auth0.com",
    AUTH0_PLUGIN: "/tmp/pulumi-resource-auth0",
    AWS_PROFILE: "prod",
    NODE_OPTIONS: "--inspect-brk",
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
    UNSET: undefined,
  };
  expect(cliEnvironment(aSetting, inherited)).toEqual({ ...OURS, HOME: "/home/ann", LANG: "C.UTF-8" });
  expect(foreignNames(inherited)).toEqual([
    "AUTH0_CLIENT_ID",
    "AUTH0_CLIENT_SECRET",
    "AUTH0_DOMAIN",
    "AUTH0_PLUGIN",
    "AWS_PROFILE",
    "NODE_OPTIONS",
    "NODE_TLS_REJECT_UNAUTHORIZED",
    "PULUMI_ACCESS_TOKEN",
    "PULUMI_CONFIG_PASSPHRASE_FILE",
    "PULUMI_STACK",
  ]);
});

test("made twice it is the same: PATH and NO_PROXY do not grow", () => {
  const once = cliEnvironment(aSetting, { PATH: "/usr/bin:/bin", NO_PROXY: "intranet, localhost" });
  expect(once.NO_PROXY).toBe("intranet,localhost,127.0.0.1");
  expect(cliEnvironment(aSetting, once)).toEqual(once);
});

test("on a Mac, where Go does not read it, SSL_CERT_FILE is the person's own", () => {
  const mac: Setting = { ...aSetting, platform: "darwin" };
  expect(localVariables(mac, {})).not.toHaveProperty("SSL_CERT_FILE");
  expect(cliEnvironment(mac, { SSL_CERT_FILE: "/own.pem" }).SSL_CERT_FILE).toBe("/own.pem");
});

test("the port is the one handed in", () => {
  expect(localVariables({ ...aSetting, port: 49_152 }, {}).AUTH0_DOMAIN).toBe("localhost:49152");
});
