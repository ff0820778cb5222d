import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { PROJECT } from "../../../local/engine/folder.ts";
import { choosePlugin, placePlugin } from "../../../local/engine/plugin.ts";

type ProbesOfChoice = Parameters<typeof choosePlugin>[1];

const STAND_IN = {
  kind: "stand-in",
  command: [process.execPath, "--disable-warning=ExperimentalWarning", join(PROJECT, "local/plugin/main.ts")],
};

async function choice(given: string | undefined, has: Partial<ProbesOfChoice> = {}) {
  const said: string[] = [];
  const probes: ProbesOfChoice = {
    platform: "linux",
    official: () => undefined,
    refusal: () => undefined,
    download: async () => ({ refused: "get.pulumi.com: ENOTFOUND" }),
    isExecutable: () => true,
    ...has,
  };
  return { plugin: await choosePlugin(given, probes, (line) => said.push(line)), said };
}

const neverAsked = async () => {
  throw new Error("the download was tried");
};

test("AUTH0_PLUGIN comes before all else, also on a Mac", async () => {
  const has = { platform: "darwin" as const, official: () => "/official", download: neverAsked };
  expect((await choice("/own/pulumi-resource-auth0", has)).plugin).toEqual({
    kind: "given",
    command: ["/own/pulumi-resource-auth0"],
  });
});

test("a relative AUTH0_PLUGIN starts at the project's folder", async () => {
  expect((await choice("build/plugin")).plugin.command).toEqual([join(PROJECT, "build/plugin")]);
});

test("an AUTH0_PLUGIN that cannot be run is refused with one sentence", async () => {
  await expect(choice("/own/none", { isExecutable: () => false })).rejects.toMatchObject({
    name: "Fault",
    message:
      "AUTH0_PLUGIN names /own/none, which is not an executable file: name a pulumi-resource-auth0 binary, or leave it out.",
  });
});

test("the official plugin of an earlier download is used, and not downloaded again", async () => {
  const { plugin } = await choice(undefined, { official: () => "/official", download: neverAsked });
  expect(plugin).toEqual({ kind: "official", command: ["/official"] });
});

test("the official plugin is downloaded where it can be had", async () => {
  const { plugin, said } = await choice("", { download: async () => ({ file: "/downloaded" }) });
  expect(plugin).toEqual({ kind: "official", command: ["/downloaded"] });
  expect(said).toEqual([]);
});

test("where it cannot be had the stand-in is used, and the reason is said", async () => {
  const { plugin, said } = await choice(undefined);
  expect(plugin).toEqual(STAND_IN);
  expect(said).toEqual([
    "The official auth0 plugin 3.49.0 is not to be had here (get.pulumi.com: ENOTFOUND): this project's stand-in is used.",
  ]);
});

test("a download that was refused a while ago is not tried again, without a word", async () => {
  const { plugin, said } = await choice(undefined, { refusal: () => "fetch failed", download: neverAsked });
  expect(plugin).toEqual(STAND_IN);
  expect(said).toEqual([]);
});

test("on a Mac the stand-in is used, since the official plugin would not trust the local tenant there", async () => {
  const { plugin } = await choice(undefined, { platform: "darwin", official: () => "/official", download: neverAsked });
  expect(plugin).toEqual(STAND_IN);
});

test("the placed launcher runs the plugin with its arguments, whatever characters its path holds", () => {
  const home = mkdtempSync(join(tmpdir(), "it's a $HOME "));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const script = "console.log(JSON.stringify(process.argv.slice(1)))";
  placePlugin(home, { kind: "given", command: [process.execPath, "-e", script, "it's $1"] });

  const launcher = join(home, "plugins/resource-auth0-v3.49.0/pulumi-resource-auth0");
  expect(execFileSync(launcher, ["127.0.0.1:1", "a b"], { encoding: "utf8" })).toBe(
    '["it\'s $1","127.0.0.1:1","a b"]\n',
  );
});

test("a launcher that is right already is not touched, and another plugin replaces it", () => {
  const home = mkdtempSync(join(tmpdir(), "home-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const launcher = join(home, "plugins/resource-auth0-v3.49.0/pulumi-resource-auth0");
  const inode = (plugin: string) => {
    placePlugin(home, { kind: "given", command: [plugin] });
    return statSync(launcher).ino;
  };
  const first = inode("/bin/true");
  expect(inode("/bin/true")).toBe(first);
  expect(inode("/bin/false")).not.toBe(first);
});
