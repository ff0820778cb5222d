import type { Context } from "hono";
import { stream } from "hono/streaming";
import type { Providers } from "../idp/description.ts";
import { readProviders } from "../idp/file.ts";
import { textAt } from "../tenant/management/json.ts";
import type { Front } from "../tenant/server.ts";
import type { Store } from "../tenant/store.ts";
import { appsOf } from "./facts/apps.ts";
import { Logins } from "./facts/logins.ts";
import { mailsOf } from "./facts/mails.ts";
import { organizationsOf } from "./facts/organizations.ts";
import { sharedPassword } from "./facts/passwords.ts";
import { peopleOf } from "./facts/people.ts";
import { type Html, ownPage, pageEnd, pageStart, show } from "./layout.ts";
import { boardEnd, boardRow, boardStart, mostPeople } from "./pages/board.ts";
import { loginsPage } from "./pages/logins.ts";
import { mailPage } from "./pages/mail.ts";
import { overviewPage } from "./pages/overview.ts";
import { nobodyPage, playPage } from "./pages/play.ts";
import { Plays } from "./play/plays.ts";

/** What the tenant is not told, and its people know: files. */
export interface FrontOptions {
  /** The people with a password, such as stacks/local/people.yaml. @default nobody's password is known */
  readonly people?: string | undefined;
  /** The identity providers that are played beside the tenant. @default none */
  readonly identityProviders?: string | undefined;
}

/** The pages by which a tenant shows itself to the person who runs it, below `/.local/`. */
export function front({ people: peopleFile, identityProviders }: FrontOptions): Front {
  let described: Providers | undefined;
  // not before somebody looks: where the file cannot be used, the providers' own process says so, and the tenant does not start
  const providers = () => {
    described ??= identityProviders ? readProviders(identityProviders) : {};
    return described;
  };
  return (opened, closing) => {
    const { app, tenant } = opened;
    const { store } = tenant.objects;
    const plays = new Plays(opened);
    const frame = () => ({
      name: textAt(tenant.objects.single("tenants/settings"), "friendly_name") || "Auth0-compatible tenant",
      domain: tenant.domain,
    });
    app.get("/.local", (context) => context.redirect("/.local/", 302));
    app.get("/.local/", (context) => {
      const page = overviewPage({
        ...appsOf(store),
        domain: tenant.domain,
        organizations: organizationsOf(store),
        people: peopleOf(store, providers()),
        mails: mailsOf(tenant.objects),
        password: sharedPassword(peopleFile),
      });
      return show(context, frame(), page);
    });
    app.get("/.local/board", (context) => {
      ownPage(context);
      context.header("Content-Type", "text/html; charset=UTF-8");
      const { apps } = appsOf(store);
      const people = peopleOf(store, providers());
      const shown = people.slice(0, mostPeople);
      const around = frame();
      return stream(context, async (page) => {
        const write = async (part: Html) => page.write(String(await part));
        await write(pageStart(around, { title: "Who can sign in where", at: "/.local/board" }));
        await write(boardStart(apps, people.length));
        const gone = new AbortController();
        page.onAbort(() => gone.abort());
        let at = 0;
        for await (const ways of plays.all(shown, apps, AbortSignal.any([gone.signal, closing]))) {
          const person = shown[at];
          at += 1;
          if (person) await write(boardRow(person, apps, ways));
        }
        await write(boardEnd(people.length));
        await write(pageEnd(around));
      });
    });
    app.get("/.local/play", async (context) => {
      const person = peopleOf(store, providers()).find(({ key }) => key === context.req.query("person"));
      const at = appsOf(store).apps.find(({ clientId }) => clientId === context.req.query("app"));
      if (!person || !at) return notFound(context);
      const part = { person, app: at, chosen: context.req.queries("choice") ?? [] };
      return show(context, frame(), playPage(part, await plays.one(part)));
    });
    app.get("/.local/played", async (context) => {
      const logins = Logins.parse(await (await app.request("/.local/logins")).json());
      return show(
        context,
        frame(),
        loginsPage(logins.slice(-mostLogins).reverse(), (id) => nameIn(store, id)),
      );
    });
    app.get("/.local/mails", (context) => show(context, frame(), mailPage(mailsOf(tenant.objects))));

    function notFound(context: Context) {
      context.status(404);
      return show(context, frame(), nobodyPage());
    }
  };
}

/** Logins on their page. */
const mostLogins = 100;

function nameIn(store: Store, id: string): string | undefined {
  const body = (store.get("users", id) ?? store.get("organizations", id))?.body;
  return body && (textAt(body, "display_name") ?? textAt(body, "name") ?? textAt(body, "email"));
}
