import type { Providers } from "../idp/description.ts";
import { readProviders } from "../idp/file.ts";
import { textAt } from "../tenant/management/json.ts";
import type { Front } from "../tenant/server.ts";
import type { Store } from "../tenant/store.ts";
import { appsOf } from "./facts/apps.ts";
import { mailsOf } from "./facts/mails.ts";
import { organizationsOf } from "./facts/organizations.ts";
import { sharedPassword } from "./facts/passwords.ts";
import { peopleOf } from "./facts/people.ts";
import { show } from "./layout.ts";
import { Logins, loginsPage } from "./pages/logins.ts";
import { mailPage } from "./pages/mail.ts";
import { overviewPage } from "./pages/overview.ts";

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
  return (app, tenant) => {
    const { store } = tenant.objects;
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
    app.get("/.local/played", async (context) => {
      const logins = Logins.parse(await (await app.request("/.local/logins")).json());
      return show(
        context,
        frame(),
        loginsPage(logins.slice(-mostLogins).reverse(), (id) => nameIn(store, id)),
      );
    });
    app.get("/.local/mails", (context) => show(context, frame(), mailPage(mailsOf(tenant.objects))));
  };
}

/** Logins on their page. */
const mostLogins = 100;

function nameIn(store: Store, id: string): string | undefined {
  const body = (store.get("users", id) ?? store.get("organizations", id))?.body;
  return body && (textAt(body, "display_name") ?? textAt(body, "name") ?? textAt(body, "email"));
}
