import { describe, expect, test } from "vitest";
import { atLeast, type Engine, findEngine, type OnPath, type Probes } from "../../../local/engine/order.ts";

const wanted = { cli: "3.256.0", go: "1.26" };
const REFUSED = { refused: "fetch failed" };

/** Probes of a machine that has nothing, and what was called and said. */
function aMachine(has: Partial<Probes> = {}) {
  const called: string[] = [];
  const said: string[] = [];
  const noted =
    <T>(name: string, probe: () => Promise<T>) =>
    () => {
      called.push(name);
      return probe();
    };
  const probes: Probes = {
    onPath: noted("onPath", has.onPath ?? (async () => undefined)),
    kept: noted("kept", has.kept ?? (async () => undefined)),
    alone: (work) => {
      called.push("alone");
      return work();
    },
    download: noted("download", has.download ?? (async () => REFUSED)),
    goVersion: noted("goVersion", has.goVersion ?? (async () => undefined)),
    build: noted("build", has.build ?? (async () => "/built")),
  };
  const find = (): Promise<Engine> => findEngine(wanted, probes, (line) => said.push(line));
  return { called, said, find };
}

const onPath = (found: Partial<OnPath>) => ({
  onPath: async () => ({ bin: "/usr/bin", version: "3.256.0", languageHost: true, ...found }),
});

test("the pinned CLI on PATH is used, and nothing else is looked at", async () => {
  const machine = aMachine(onPath({}));
  expect(await machine.find()).toEqual({ bin: "/usr/bin", source: "PATH" });
  expect(machine.called).toEqual(["onPath"]);
  expect(machine.said).toEqual([]);
});

test.each([
  [{ version: "3.255.9" }, "pulumi 3.255.9 on PATH is passed over: this project is pinned to 3.256.0."],
  [{ version: "3.257.0" }, "pulumi 3.257.0 on PATH is passed over: this project is pinned to 3.256.0."],
  [{ languageHost: false }, "pulumi 3.256.0 on PATH is passed over: no pulumi-language-nodejs goes with it."],
])("a CLI on PATH with %o is passed over with one line", async (found, line) => {
  const machine = aMachine({ ...onPath(found), kept: async () => "/kept" });
  expect(await machine.find()).toEqual({ bin: "/kept", source: "kept" });
  expect(machine.said).toEqual([line]);
});

test("an earlier download or build is used without a word", async () => {
  const machine = aMachine({ kept: async () => "/kept" });
  expect(await machine.find()).toEqual({ bin: "/kept", source: "kept" });
  expect(machine.called).toEqual(["onPath", "kept"]);
  expect(machine.said).toEqual([]);
});

test("a process that waited for another one uses what that one made", async () => {
  const answers = [undefined, "/made-meanwhile"];
  const machine = aMachine({ kept: async () => answers.shift() });
  expect(await machine.find()).toEqual({ bin: "/made-meanwhile", source: "kept" });
  expect(machine.called).toEqual(["onPath", "kept", "alone", "kept"]);
});

test("what can be downloaded is not built", async () => {
  const machine = aMachine({ download: async () => ({ bin: "/downloaded" }), goVersion: async () => "1.26.8" });
  expect(await machine.find()).toEqual({ bin: "/downloaded", source: "downloaded" });
  expect(machine.called).toEqual(["onPath", "kept", "alone", "kept", "download"]);
});

test("what cannot be downloaded is built with Go, and the reason is said", async () => {
  const machine = aMachine({ goVersion: async () => "1.26.8" });
  expect(await machine.find()).toEqual({ bin: "/built", source: "built" });
  expect(machine.called).toEqual(["onPath", "kept", "alone", "kept", "download", "goVersion", "build"]);
  expect(machine.said).toEqual([
    "The Pulumi CLI 3.256.0 cannot be downloaded here (fetch failed): it is built from its Go modules.",
  ]);
});

test.each([
  [undefined, "there is no Go"],
  ["1.25.9", "Go 1.25.9 is too old"],
])("without CLI and network, Go %s gives one sentence with the three ways out", async (go, found) => {
  const machine = aMachine({ goVersion: async () => go });
  await expect(machine.find()).rejects.toMatchObject({
    name: "Fault",
    message:
      `The Pulumi CLI 3.256.0 is not on PATH, cannot be downloaded (fetch failed), and ${found} to build it with: ` +
      "connect this machine to the network, put pulumi 3.256.0 on PATH, or install Go 1.26 or newer.",
  });
  expect(machine.called).not.toContain("build");
});

describe("a Go version is new enough", () => {
  test.each([
    ["1.26", "1.26", true],
    ["1.26.8", "1.26", true],
    ["1.27rc1", "1.26", true],
    ["2.0", "1.26", true],
    ["1.26-devel", "1.26", true],
    ["1.25.12", "1.26", false],
    ["1.9", "1.26", false],
    ["1.26", "1.26.1", false],
    ["devel", "1.26", false],
  ])("%s for %s: %s", (has, least, expected) => {
    expect(atLeast(has, least)).toBe(expected);
  });
});
