import type { Context } from "hono";
import { isBody } from "../management/json.ts";

/** What came to the token endpoint: of a form or of JSON, with credentials from the body or from Basic. */
export type Parameters = { readonly [name: string]: string | undefined };

export async function parametersOf(context: Context): Promise<Parameters> {
  const raw = await context.req.text();
  const given = /json/i.test(context.req.header("Content-Type") ?? "")
    ? textsOf(raw)
    : Object.fromEntries(new URLSearchParams(raw));
  return { ...basic(context.req.header("Authorization")), ...given };
}

function textsOf(raw: string): Parameters {
  try {
    const body = JSON.parse(raw);
    return Object.fromEntries(Object.entries(isBody(body) ? body : {}).flatMap(textual));
  } catch {
    return {};
  }
}

function textual([name, value]: [string, unknown]): [string, string][] {
  return typeof value === "string" ? [[name, value]] : [];
}

/** Both parts are form-encoded before they are joined: RFC 6749, 2.3.1. */
function basic(header: string | undefined): Parameters {
  const [, encoded] = /^Basic (.+)$/i.exec(header ?? "") ?? [];
  if (encoded === undefined) return {};
  const [, user = "", password = ""] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  const [client_id, client_secret] = [user, password].map((part) => new URLSearchParams(`part=${part}`).get("part"));
  return { client_id: client_id ?? "", client_secret: client_secret ?? "" };
}
