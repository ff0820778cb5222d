import fc from "fast-check";
import { type Raw, urlencoded } from "../raw.ts";
import { endpoints, type Given } from "./endpoints.ts";

/** Text that hopes to be taken for something else. */
const hostile = [
  ...[
    "",
    " ",
    "\0",
    "a\0b",
    "\r\nX-Split: yes\r\n\r\n",
    "\u2028",
    "\ud800",
    "é",
    "𝒳",
    "null",
    "undefined",
    "NaN",
    "-1",
    "1e99",
  ],
  ...[
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'onmouseover='alert(1)",
    "</title><script>alert(1)",
  ],
  ...[
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "../../etc/passwd",
    "%",
    "%zz",
    "%00",
    "%0d%0aX-Split: yes",
  ],
  ...[
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example",
    "https://evil.example",
    "https://app.example.com@evil.example",
  ],
  ...[
    "https://app.example.com/callback#x",
    "https://app.example.com/callback/..",
    "http://[::1",
    "::",
    "[object Object]",
    "{}",
    "[]",
  ],
  ...[
    "org_0000000000000000",
    "a@b@c",
    "@",
    "x".repeat(5_000),
    "ł".repeat(300),
    "' OR 1=1 --",
    "$" + "{7*7}",
    "code code",
    "none login",
  ],
];

const text = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...hostile) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
);

const headers = {
  cookie: fc.oneof(
    { weight: 25, arbitrary: fc.constant("{cookies}") },
    fc.constantFrom("did=x", "auth0=x", "did=; auth0=", "=;;=", "did=%00", "auth0=%ff%fe", "__proto__=x"),
  ),
  authorization: fc.constantFrom(
    ...[
      "Bearer",
      "Bearer x",
      "Bearer {hint}",
      "Bearer ..",
      "Basic",
      "Basic =",
      "Basic Og==",
      "Basic {basic}",
      "Digest x",
    ],
  ),
  "content-type": fc.constantFrom(
    ...[
      urlencoded,
      "application/json",
      "multipart/form-data; boundary=x",
      "text/plain",
      "x",
      `${urlencoded}; charset=utf-16`,
    ],
  ),
};

const parameters = (given: Given): fc.Arbitrary<[string, string][]> =>
  fc
    .tuple(
      fc.tuple(
        ...Object.entries(given).map(([name, good]) =>
          fc.oneof(
            { weight: 24, arbitrary: fc.constantFrom(...good).map((value): [string, string][] => [[name, value]]) },
            { weight: 4, arbitrary: fc.constant<[string, string][]>([]) },
            { weight: 2, arbitrary: text.map((value): [string, string][] => [[name, value]]) },
          ),
        ),
      ),
      fc.oneof(
        { weight: 9, arbitrary: fc.constant<[string, string][]>([]) },
        { weight: 1, arbitrary: fc.tuple(text, text).map((pair): [string, string][] => [pair]) },
      ),
    )
    .map(([known, strange]) => [...known.flat(), ...strange]);

/** One request: nearly right, or wrong in any way. */
export const anyRequest: fc.Arbitrary<Raw> = fc
  .constantFrom(...endpoints)
  .chain(({ path, usual, given }) =>
    fc.record({
      path: fc.constant(path),
      method: fc.oneof(
        { weight: 50, arbitrary: fc.constant<string>(usual) },
        fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"),
      ),
      fields: parameters(given),
      form: fc.oneof(
        { weight: 12, arbitrary: fc.constant("urlencoded") },
        { weight: 2, arbitrary: fc.constant("json") },
        fc.constantFrom("none", "broken", "list"),
      ),
      headers: fc.record(headers, { requiredKeys: ["cookie"] }),
      trail: fc.oneof(
        { weight: 25, arbitrary: fc.constant("") },
        fc.constantFrom("&%zz=%", "&&=&", "?", "&a=b&a=c", "&%00"),
      ),
    }),
  )
  .map(({ path, method, fields, form, headers: given, trail }) => {
    const encoded = new URLSearchParams(
      fields.map(([name, value]): [string, string] => [name.toWellFormed(), value.toWellFormed()]),
    );
    const written = unplaced(encoded.toString()) + trail;
    if (method !== "POST") return { method, path: written === "" ? path : `${path}?${written}`, headers: given };
    const bodies: Readonly<Record<string, string>> = {
      urlencoded: written,
      json: JSON.stringify(Object.fromEntries(fields)),
      none: "",
      broken: '{"client_id":',
      list: "[[[]]]",
    };
    const type = form === "urlencoded" || path.startsWith("/u/") ? urlencoded : "application/json";
    return { method, path, body: bodies[form] ?? "", headers: { "content-type": type, ...given } };
  });

/** Placeholders stay what they are. */
function unplaced(encoded: string): string {
  return encoded.replaceAll(/%7B(\w+)%7D/g, "{$1}");
}
