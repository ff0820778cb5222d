/** What a query of user search says, as a tree. */
export type Query =
  | { readonly kind: "and"; readonly parts: readonly Query[] }
  | { readonly kind: "or"; readonly parts: readonly Query[] }
  | { readonly kind: "not"; readonly part: Query }
  | { readonly kind: "exists"; readonly field: string }
  | { readonly kind: "text"; readonly field: string; readonly text: string; readonly quoted: boolean }
  | { readonly kind: "range"; readonly field: string; readonly low: Bound; readonly high: Bound };

/** One end of a range; no value is no end. */
export interface Bound {
  readonly value?: string;
  readonly inclusive: boolean;
}

const token =
  /\s*(?:(\(|\))|(AND|OR|NOT)(?=[\s(]|$)|"((?:[^"\\]|\\.)*)"|([[{])\s*(\S+)\s+TO\s+([^\s\]}]+)\s*([\]}])|([\w.|@$-]+:)|([^\s()"[\]{}:]+))/y;

type Token =
  | { readonly kind: "sign"; readonly sign: string }
  | { readonly kind: "field"; readonly field: string }
  | { readonly kind: "value"; readonly text: string; readonly quoted: boolean }
  | { readonly kind: "range"; readonly low: Bound; readonly high: Bound };

/**
 * Reads the part of Lucene's syntax that Auth0 documents: fields with texts, wildcards and ranges, `_exists_`, AND, OR, NOT and
 * parentheses (https://auth0.com/docs/manage-users/user-search/user-search-query-syntax). Undefined where it is anything else.
 */
export function readQuery(q: string): Query | undefined {
  const tokens = tokensOf(q);
  if (!tokens) return undefined;
  const reader = new Reader(tokens);
  const query = reader.either(undefined);
  return reader.done ? query : undefined;
}

function tokensOf(q: string): Token[] | undefined {
  const tokens: Token[] = [];
  const text = q.trim();
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) return undefined;
    const [, bracket, operator, quoted, open, low = "", high = "", close, field, word = ""] = found;
    const bound = (value: string, inclusive: boolean): Bound => ({ ...(value === "*" ? {} : { value }), inclusive });
    if (bracket !== undefined || operator !== undefined) tokens.push({ kind: "sign", sign: bracket ?? operator ?? "" });
    else if (quoted !== undefined)
      tokens.push({ kind: "value", text: quoted.replaceAll(/\\(.)/g, "$1"), quoted: true });
    else if (open !== undefined)
      tokens.push({ kind: "range", low: bound(low, open === "["), high: bound(high, close === "]") });
    else if (field !== undefined) tokens.push({ kind: "field", field: field.slice(0, -1) });
    else tokens.push({ kind: "value", text: word, quoted: false });
  }
  return tokens;
}

/** Levels of NOT and parentheses in one another. Auth0's own limit has no source; more would run out of stack. */
const deepest = 100;

/** Reads tokens from left to right; NOT binds closest, then AND, then OR. Terms side by side are not read. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #level = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at === this.#tokens.length;
  }

  either(field: string | undefined): Query | undefined {
    return this.#joined("OR", "or", () => this.#joined("AND", "and", () => this.#term(field)));
  }

  #joined(sign: string, kind: "and" | "or", read: () => Query | undefined): Query | undefined {
    const parts: Query[] = [];
    do {
      const part = read();
      if (!part) return undefined;
      parts.push(part);
    } while (this.#taken(sign));
    const [only, ...more] = parts;
    return only && more.length === 0 ? only : { kind, parts };
  }

  #term(field: string | undefined): Query | undefined {
    if (this.#taken("NOT")) {
      const part = this.#inside(() => this.#term(field));
      return part && { kind: "not", part };
    }
    if (this.#taken("(")) {
      const inside = this.#inside(() => this.either(field));
      return this.#taken(")") ? inside : undefined;
    }
    const next = this.#tokens[this.#at];
    this.#at += 1;
    if (next?.kind === "field") return field === undefined ? this.#term(next.field) : undefined;
    if (field === undefined || next === undefined || next.kind === "sign") return undefined;
    if (next.kind === "range") return { kind: "range", field, low: next.low, high: next.high };
    if (field === "_exists_") return { kind: "exists", field: next.text };
    return { kind: "text", field, text: next.text, quoted: next.quoted };
  }

  /** One level further down, unless that is too deep. */
  #inside(read: () => Query | undefined): Query | undefined {
    if (this.#level >= deepest) return undefined;
    this.#level += 1;
    const query = read();
    this.#level -= 1;
    return query;
  }

  #taken(sign: string): boolean {
    const next = this.#tokens[this.#at];
    if (next?.kind !== "sign" || next.sign !== sign) return false;
    this.#at += 1;
    return true;
  }
}
