/** What the provider's own parsers of JSON and of times say of a text that they cannot read. */

/** This platform's words for a misplaced character, and the provider's for the same; the first that fits counts. */
const MISPLACED: readonly (readonly [RegExp, string])[] = [
  [/^Expected (property name|double-quoted)/, "looking for beginning of object key string"],
  [/^Expected ':'/, "after object key"],
  [/^Expected ',' or '}'/, "after object key:value pair"],
  [/^Expected ',' or ']'/, "after array element"],
  [/^Unexpected (non-whitespace character|number)/, "after top-level value"],
  [/^Bad escaped character/, "in string escape code"],
  [/^Bad control character/, "in string literal"],
];
const END = "unexpected end of JSON input";

/** Why a text is no JSON; undefined when it is. */
export function jsonFault(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return inProvidersWords(error.message, text);
  }
}

function inProvidersWords(message: string, text: string): string {
  const place = / at position (\d+)/.exec(message)?.[1];
  const at = place === undefined ? undefined : text.charAt(Number(place));
  const where = MISPLACED.find(([words]) => words.test(message))?.[1];
  if (at && where) return `invalid character '${shown(at)}' ${where}`;
  const token = /^Unexpected token '(.)'/su.exec(message)?.[1];
  if (at === "" || token === undefined) return END;
  return `invalid character '${shown(token)}' ${insideWord(text, token) ?? "looking for beginning of value"}`;
}

/** Where a word such as `null` is begun and goes on with another character. */
function insideWord(text: string, token: string): string | undefined {
  for (const word of ["null", "true", "false"]) {
    for (let length = word.length - 1; length > 0; length--) {
      if (!text.includes(word.slice(0, length) + token)) continue;
      return `in literal ${word} (expecting '${word.charAt(length)}')`;
    }
  }
  return undefined;
}

const ESCAPED: Readonly<Record<string, string>> = { "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const shown = (character: string): string => ESCAPED[character] ?? character;

const LAYOUT = "2006-01-02T15:04:05Z07:00";
/** The parts of the layout in their order, and the range of each that is a number. */
const PARTS: readonly (readonly [part: string, pattern: RegExp, name?: string, least?: number, most?: number])[] = [
  ["2006", /^\d{4}/],
  ["-", /^-/],
  ["01", /^\d{2}/, "month", 1, 12],
  ["-", /^-/],
  ["02", /^\d{2}/],
  ["T", /^T/],
  ["15", /^\d{2}/, "hour", 0, 23],
  [":", /^:/],
  ["04", /^\d{2}/, "minute", 0, 59],
  [":", /^:/],
  ["05", /^\d{2}(\.\d+)?/, "second", 0, 59],
  ["Z07:00", /^(Z|[+-]\d{2}:\d{2})/],
];

/** Why a text is no time of RFC 3339 (https://www.rfc-editor.org/rfc/rfc3339#section-5.6); undefined when it is. */
export function timeFault(text: string): string | undefined {
  const quoted = JSON.stringify(text);
  let rest = text;
  for (const [part, pattern, name, least = 0, most = 0] of PARTS) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined)
      return `parsing time ${quoted} as ${JSON.stringify(LAYOUT)}: cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(part)}`;
    const number = Math.trunc(Number(found));
    if (name && (number < least || number > most)) return `parsing time ${quoted}: ${name} out of range`;
    rest = rest.slice(found.length);
  }
  if (rest) return `parsing time ${quoted}: extra text: ${JSON.stringify(rest)}`;
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split("-").map(Number);
  const isDay = day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return isDay ? undefined : `parsing time ${quoted}: day out of range`;
}
