type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Test = (event: Json) => boolean;

/**
 * What a filter pattern of CloudWatch Logs matches, for patterns over JSON
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html): `=`, `!=`, `<`, `<=`, `>`, `>=`, `IS NULL`, `IS TRUE`,
 * `IS FALSE`, `NOT EXISTS`, `&&` before `||`, parentheses, indexes of arrays, and `*` at the ends of a text. No library does that, and no
 * stand-in of AWS either: moto takes any pattern, and MiniStack matches one over JSON with everything.
 *
 * ```ts
 * const refused = metricFilter('{ $.detail.data.type = "f" && $.detail.data.description = "wrong_type:*" }');
 * expect(refused(refusedLogin("wrong_type"))).toBe(true);
 * ```
 * @throws Error for a pattern that is none, or that is of another kind: of terms, fields between spaces, regular expressions, `[*]`
 */
export function metricFilter(pattern: string): (event: object | string) => boolean {
  if (pattern.length > 1024) throw new Error(`a pattern has at most 1024 characters, not ${pattern.length}`);
  const inner = /^\{(.*)\}$/s.exec(pattern.trim())?.[1];
  if (inner === undefined) throw new Error(`a pattern over JSON stands in braces: ${pattern}`);
  const test = new Parser(inner, pattern).whole();
  return (event) => test(typeof event === "string" ? JSON.parse(event) : JSON.parse(JSON.stringify(event)));
}

const TOKEN =
  /\s*(?:(?<selector>\$(?:\.[\w-]+|\[\d+\])+)|(?<text>"(?:[^"\\]|\\.)*")|(?<sign>&&|\|\||[()]|!=|<=|>=|=|<|>)|(?<word>[+-]?[\w.*-]+))/y;
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;
// what may stand without quotes
const BARE = /^\*?[\w.]+\*?$|^\*$/;

class Parser {
  readonly #pattern: string;
  readonly #tokens: readonly { readonly kind: string; readonly value: string }[];
  #at = 0;

  constructor(inner: string, pattern: string) {
    this.#pattern = pattern;
    const tokens: { kind: string; value: string }[] = [];
    const text = inner.trimEnd();
    for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
      const from = TOKEN.lastIndex;
      const groups = TOKEN.exec(text)?.groups;
      const [kind, value] = Object.entries(groups ?? {}).find(([, found]) => found !== undefined) ?? [];
      if (kind === undefined || value === undefined)
        throw this.#fault(`"${text.slice(from).trim()}" is not understood`);
      tokens.push({ kind, value });
    }
    this.#tokens = tokens;
  }

  whole(): Test {
    const test = this.#any();
    if (this.#at < this.#tokens.length) throw this.#fault(`"${this.#tokens[this.#at]?.value}" is too many`);
    return test;
  }

  #any(): Test {
    const tests = [this.#all()];
    while (this.#took("||")) tests.push(this.#all());
    return (event) => tests.some((test) => test(event));
  }

  #all(): Test {
    const tests = [this.#one()];
    while (this.#took("&&")) tests.push(this.#one());
    return (event) => tests.every((test) => test(event));
  }

  #one(): Test {
    if (!this.#took("(")) return this.#comparison();
    const test = this.#any();
    if (!this.#took(")")) throw this.#fault('")" is missing');
    return test;
  }

  #comparison(): Test {
    const selector = this.#next();
    if (selector?.kind !== "selector") throw this.#fault(`a selector is missing before "${selector?.value ?? "}"}"`);
    const select = selected(selector.value);
    const sign = this.#next()?.value ?? "";
    const operand = this.#next();
    const test = operand && comparison(sign, operand);
    if (!test) throw this.#fault(`"${sign} ${operand?.value ?? ""}" is no comparison`);
    return (event) => test(select(event));
  }

  #next() {
    this.#at += 1;
    return this.#tokens[this.#at - 1];
  }

  #took(sign: string): boolean {
    const taken = this.#tokens[this.#at]?.kind === "sign" && this.#tokens[this.#at]?.value === sign;
    if (taken) this.#at += 1;
    return taken;
  }

  #fault(what: string): Error {
    return new Error(`${what}: ${this.#pattern}`);
  }
}

/** What a selector points to; undefined where there is nothing. */
function selected(selector: string): (event: Json) => Json | undefined {
  const steps = [...selector.matchAll(/\.([\w-]+)|\[(\d+)\]/g)];
  return (event) => {
    let at: Json | undefined = event;
    for (const [, name, index] of steps) {
      if (typeof at !== "object" || at === null) return undefined;
      if (index !== undefined) at = Array.isArray(at) ? at[Number(index)] : undefined;
      else
        at =
          Array.isArray(at) || name === undefined || !Object.hasOwn(at, name)
            ? undefined
            : (at as Record<string, Json>)[name];
    }
    return at;
  };
}

function comparison(
  sign: string,
  { kind, value }: { kind: string; value: string },
): ((node: Json | undefined) => boolean) | undefined {
  switch (`${sign} ${value}`) {
    case "NOT EXISTS":
      return (node) => node === undefined;
    case "IS NULL":
      return (node) => node === null;
    case "IS TRUE":
      return (node) => node === true;
    case "IS FALSE":
      return (node) => node === false;
  }
  if (kind === "word" && NUMBER.test(value)) return ofNumber(sign, Number(value));
  if (sign !== "=" && sign !== "!=") return undefined;
  if (kind === "text") return ofText(sign, value.slice(1, -1).replaceAll(/\\(.)/g, "$1"));
  return kind === "word" && BARE.test(value) ? ofText(sign, value) : undefined;
}

const NUMERIC: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "=": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

/** "The SELECTOR must point to a value node (string or number)": otherwise neither `=` nor `!=` matches. */
function ofNumber(sign: string, wanted: number): ((node: Json | undefined) => boolean) | undefined {
  const test = NUMERIC[sign];
  if (!test) return undefined;
  return (node) => {
    if (typeof node === "number") return test(node, wanted);
    if (typeof node === "string" && NUMBER.test(node)) throw undocumented(node, wanted);
    return typeof node === "string" && sign === "!=";
  };
}

function ofText(sign: "=" | "!=", wanted: string): (node: Json | undefined) => boolean {
  const [, before, middle = "", after] = /^(\*?)(.*?)(\*?)$/s.exec(wanted) ?? [];
  const equal = (text: string) => {
    if (before && after) return text.includes(middle);
    if (before) return text.endsWith(middle);
    return after ? text.startsWith(middle) : text === middle;
  };
  return (node) => {
    if (typeof node === "number" && String(node) === wanted) throw undocumented(node, wanted);
    if (typeof node !== "string" && typeof node !== "number") return false;
    return equal(String(node)) === (sign === "=");
  };
}

const undocumented = (node: string | number, wanted: string | number): Error =>
  new Error(`no document says whether ${JSON.stringify(node)} is ${JSON.stringify(wanted)}`);
