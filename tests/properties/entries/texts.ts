import fc from "fast-check";
import { stringify } from "yaml";
import { hush } from "./mutations.ts";

// The text of an entry's file, damaged where no value can say it.

const snippets = [
  ..."{}[]:,&*!|>'\"%@`#-?~",
  "\t",
  "\n",
  "\r",
  "\u0000",
  "\u2028",
  "\ufeff",
  "\u007f",
  "<<: *a\n",
  "&a ",
  "*a",
  "!!binary ",
  "!!js/function ",
  "!x ",
  "--- ",
  "\n---\n",
  "\n...\n",
  "%YAML 1.1\n---\n",
  "? a\n",
  "? [a]\n: b\n",
  `${hush}: `,
  `{${hush}`,
  `[${hush}: `,
  `"${hush}`,
  `\n${hush}\n`,
  "0x1f",
  "1_000",
  "0o7",
  "1:30",
  "yes",
  "2026-11-28",
  ".nan",
  "-.inf",
];

export const damages = fc.array(
  fc.record({
    kind: fc.constantFrom("put in", "put in", "put in", "take out", "line twice", "cut", "deep", "bytes"),
    place: fc.nat(),
    pick: fc.nat(),
  }),
  { minLength: 1, maxLength: 3 },
);
type Damage = ReturnType<(typeof damages)["generate"]>["value"][number];

/** The file of an entry, with all damages. */
export function damaged(entry: unknown, all: readonly Damage[]): Buffer {
  const text = stringify(entry, { aliasDuplicateObjects: false });
  return all.reduce<Buffer>((bytes, one) => damage(bytes, one), Buffer.from(text));
}

function damage(bytes: Buffer, { kind, place, pick }: Damage): Buffer {
  const at = place % (bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  const between = (text: string) => Buffer.concat([before, Buffer.from(text), after]);
  switch (kind) {
    case "put in":
      return between(snippets[pick % snippets.length] ?? "");
    case "take out":
      return Buffer.concat([before, after.subarray(1 + (pick % 5))]);
    case "line twice": {
      const lines = bytes.toString("latin1").split("\n");
      const line = place % lines.length;
      return Buffer.from(lines.toSpliced(pick % lines.length, 0, lines[line] ?? "").join("\n"), "latin1");
    }
    case "cut":
      return before;
    case "deep":
      return between(["[", "{a: ", "- "][pick % 3]?.repeat(10 ** (1 + (pick % 4))) ?? "");
    case "bytes":
      return Buffer.concat([
        before,
        Buffer.from([[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf5, 0x80]][pick % 4] ?? []),
        after,
      ]);
  }
}
