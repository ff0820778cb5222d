import type { IncomingMessage, ServerResponse } from "node:http";
import type OidcProvider from "oidc-provider";
import { errors } from "oidc-provider";
import type { Provider } from "./description.ts";
import { signInPage } from "./page.ts";
import { personNamed } from "./play.ts";

/** Bytes of the form. */
const largest = 10_000;

/** The page on which somebody says who they are, and what its forms do. Its session is the browser's that the login began in. */
export async function signIn(
  oidc: OidcProvider,
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { params, session } = await oidc.interactionDetails(request, response);
    if (request.method !== "POST") return show(response, 200, await signInPage(provider, hinted(params.login_hint)));
    const form = await formOf(request);
    if (form.has("cancel")) {
      const result = { error: "access_denied", error_description: "The person cancelled the sign-in" };
      return await oidc.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    }
    const named = form.get("person") ?? form.get("login") ?? "";
    const person = personNamed(provider, named);
    if (!person) return show(response, 400, await signInPage(provider, { unknown: named }));
    const goOn = await oidc.interactionResult(request, response, { login: { accountId: person.sub } });
    if (session?.accountId !== undefined && session.accountId !== person.sub) await signOut(oidc, session.uid);
    response.writeHead(303, { Location: goOn }).end();
  } catch (thrown) {
    if (!(thrown instanceof errors.SessionNotFound)) throw thrown;
    show(response, 400, "This sign-in is over or began in another browser. Start again from the app.\n", "text/plain");
  }
}

/** Takes the account out of the browser's session; else the library would ask, on a page with a script, whether it may. */
async function signOut(oidc: OidcProvider, uid: string): Promise<void> {
  const session = await oidc.Session.findByUid(uid);
  if (!session) return;
  delete session.accountId;
  session.authorizations = {};
  await session.persist();
}

function hinted(hint: unknown): { hint?: string } {
  return typeof hint === "string" ? { hint } : {};
}

export async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) {
    text += part;
    if (text.length > largest) throw new errors.SessionNotFound("too large a form");
  }
  return new URLSearchParams(text);
}

const noScript = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

export function show(
  response: ServerResponse,
  status: number,
  content: string,
  type = "text/html",
  policy = noScript,
): void {
  response.writeHead(status, {
    "Content-Type": `${type}; charset=utf-8`,
    "Content-Security-Policy": policy,
    "Cache-Control": "no-store",
  });
  response.end(content);
}
