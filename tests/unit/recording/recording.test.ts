import { expect, test } from "vitest";
import { castOf, readTypescript } from "../../recording/cast.ts";
import { commands, login, withoutPorts } from "../../recording/page.ts";
import { recorded } from "../../recording/recorded.ts";

test("what was recorded are the commands of the page about a new customer, and it ends as the page says", () => {
  expect(commands[0]).toBe("make up");
  expect(commands.at(-1)).toBe("make login AS=ines@beta.example");
  expect(recorded.map((part) => commands.find((command) => part.startsWith(`${command}\n`)))).toEqual(commands);
  expect(withoutPorts(recorded.at(-1) ?? "").slice(-login.length)).toEqual(login);
  expect(login).toContain("  Company: Beta Travel");
});

test("the page's new provider stands in the stack's file with the secret that the entry's is set to, and issues what the entry names", () => {
  const all = commands.join("\n");
  const said = (pattern: RegExp) => [...all.matchAll(pattern)].map(([, text]) => text);
  expect(said(/(?:clientSecret: |^printf )(\S+)/gm)).toEqual(["local-beta-secret", "local-beta-secret"]);
  expect(new Set(said(/issuer:? (\S+)/g))).toEqual(new Set(["https://login.beta.example/"]));
  expect(new Set(said(/(?:--client-id|clientId:) (\S+)/g))).toEqual(new Set(["example-travel"]));
});

test("a film has a line a piece, whole characters, and no long pause", () => {
  const log = Buffer.from("Script started\n$ a\n“b”\n");
  const [first, rest] = ["$ a\n", Buffer.from("“b”\n").length];
  const seen = readTypescript(log, `0.5 ${first.length}\n60 1\n0.25 ${rest - 1}\n`);
  expect(seen).toEqual([
    { at: 0.5, text: "$ a\n" },
    { at: 2.5, text: "" },
    { at: 2.75, text: "“b”\n" },
  ]);
  expect(castOf(seen, { width: 80, height: 24 }).split("\n")).toEqual([
    '{"version":2,"width":80,"height":24,"title":"From `customer add` to the first login"}',
    '[0.5,"o","$ a\\n"]',
    '[2.5,"o",""]',
    '[2.75,"o","“b”\\n"]',
    "",
  ]);
});
