import { expect, test } from "vitest";
import { signIn } from "../../../local/commands/signing-in.ts";
import { Browser, type Transport } from "../../../local/player/browser.ts";

const page = (title: string, inner: string) => `<h1>${title}</h1>${inner}`;
const form = (action: string, inner: string) => `<form method="post" action="${action}">${inner}</form>`;
const text = (name: string, value = "") => `<input name="${name}" value="${value}">`;

/** Answers each path with its page, or sends on to another path. */
function site(pages: Readonly<Record<string, string>>, sent: string[]): Transport {
  return async (url, { method, body }) => {
    sent.push(`${method} ${url.pathname}${body === "" ? "" : ` ${decodeURIComponent(body)}`}`);
    const html = pages[url.pathname] ?? "";
    const on = html.startsWith("/") ? html : undefined;
    return { status: on ? 302 : 200, location: on, cookies: [], html };
  };
}

async function played(pages: Readonly<Record<string, string>>) {
  const [sent, said]: [string[], string[]] = [[], []];
  const browser = new Browser(site(pages, sent), []);
  const who = { as: "ines@beta.example", password: "hush" };
  const last = await signIn(browser, new URL("https://app.example/"), who, (line) => said.push(line));
  return { sent, said, last };
}

test("somebody answers each page on the way, and the app's last page says who is in", async () => {
  const { sent, said, last } = await played({
    "/": page("Welcome", form("/enter", `${text("who")}<button>Sign in</button>`)),
    "/enter": "/identifier",
    "/identifier": page(
      "Your address",
      form("/password", `${text("username")}<button name="action" value="default">Continue</button>`),
    ),
    "/password": page(
      "Your password",
      form(
        "/provider",
        `${text("username", "ines@beta.example")}${text("password")}<button name="action" value="default">Continue</button>`,
      ),
    ),
    "/provider": page("Beta", form("/consent", `${text("login")}<button>Sign in</button>`)),
    "/consent": page(
      "Allow?",
      form(
        "/in",
        `<button name="action" value="decline">Decline</button><button name="action" value="accept">Accept</button>`,
      ),
    ),
    "/in": page("You are in", "<dl><dt>Name</dt><dd>Ines &amp; Co</dd></dl>"),
  });
  expect(sent).toEqual([
    "GET /",
    "POST /enter who=ines@beta.example",
    "GET /identifier",
    "POST /password username=ines@beta.example&action=default",
    "POST /provider username=ines@beta.example&password=hush&action=default",
    "POST /consent login=ines@beta.example",
    "POST /in action=accept",
  ]);
  expect(said).toEqual([
    "app.example/  “Welcome”: typed the address",
    "app.example/identifier  “Your address”: typed the address",
    "app.example/password  “Your password”: gave the password",
    "app.example/provider  “Beta”: said who it is",
    "app.example/consent  “Allow?”: pressed Accept",
    "app.example/in  “You are in”",
  ]);
  expect(said.join()).not.toContain("hush");
  expect(last.facts).toEqual([["Name", "Ines & Co"]]);
});

test("a page that comes again, and one without an answer, are the last", async () => {
  const again = form("/", `${text("login")}<button>Sign in</button>`);
  expect((await played({ "/": page("Who?", again) })).said).toEqual([
    "app.example/  “Who?”: said who it is",
    "app.example/  “Who?”",
  ]);
  const { last } = await played({ "/": page("Not here", "<p>Go away</p>") });
  expect([last.title, last.facts]).toEqual(["Not here", []]);
});
