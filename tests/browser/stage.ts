import type { RequestListener } from "node:http";
import type { BrowserContext } from "playwright-core";
import { certificateAuthority, type KeyPair, leafCertificate } from "../../local/tenant/certificate.ts";
import type { Switches } from "../../local/tenant/switches.ts";
import type { Hands } from "../scenarios/hands.ts";
import type { Stage } from "../scenarios/play.ts";
import { client } from "../scenarios/story.ts";
import { DeployedStack } from "../scenarios/world.ts";
import { OpenBrowser, type sizes } from "./open.ts";
import { Person } from "./person.ts";
import { type Site, startSite } from "./site.ts";
import { keyOf, keyOfServer } from "./trusted-keys.ts";

/** Stack `local` after a real `pulumi up`, and real browsers before it. */
export class BrowserStack {
  readonly #stack: DeployedStack;
  /** Of all the apps' sites. */
  readonly #leaf: KeyPair;

  private constructor(stack: DeployedStack, leaf: KeyPair) {
    this.#stack = stack;
    this.#leaf = leaf;
  }

  static async up(): Promise<BrowserStack> {
    const stack = await DeployedStack.up();
    return new BrowserStack(stack, await leafCertificate(await certificateAuthority(stack.caDir)));
  }

  close(): Promise<void> {
    return this.#stack.close();
  }

  /** Plays on a fresh copy of the tenant and in a browser of its own; sites and browser are closed afterwards. */
  play<Result>(story: (scene: BrowserScene) => Promise<Result>, switches: Partial<Switches> = {}): Promise<Result> {
    const played = async ({ hands }: { readonly hands: Hands }, stage: Stage) => {
      const tenant = new URL(stage.issuer).origin;
      const { providers, caDir, directory } = this.#stack;
      const servers = [tenant, providers].map((server) => keyOfServer(stage.ca, server));
      const browser = await OpenBrowser.open([...(await Promise.all(servers)), keyOf(this.#leaf.certificate)]);
      const scene = new BrowserScene({
        stage,
        hands,
        browser,
        origins: { tenant, providers },
        leaf: this.#leaf,
        caDir,
        directory,
      });
      try {
        return await story(scene);
      } finally {
        await browser.close();
        await scene.close();
      }
    };
    return this.#stack.play(switches, played, this.#stack.startWithFront);
  }
}

interface Parts {
  readonly stage: Stage;
  readonly hands: Hands;
  readonly browser: OpenBrowser;
  readonly origins: { readonly tenant: string; readonly providers: string };
  readonly leaf: KeyPair;
  readonly caDir: string;
  readonly directory: unknown;
}

/** What a test has at hand. */
export class BrowserScene {
  readonly stage: Stage;
  /** For the tenant's Management API, past any page. */
  readonly hands: Hands;
  readonly #parts: Parts;
  readonly #sites: Site[] = [];

  constructor(parts: Parts) {
    this.stage = parts.stage;
    this.hands = parts.hands;
    this.#parts = parts;
  }

  /** The tenant's origin. */
  get tenant(): string {
    return this.#parts.origins.tenant;
  }

  /** The origin of the companies' identity providers. */
  get providers(): string {
    return this.#parts.origins.providers;
  }

  /** The folder of the certificate authority. */
  get caDir(): string {
    return this.#parts.caDir;
  }

  /** The stack's output for apps' back ends. */
  get directory(): unknown {
    return this.#parts.directory;
  }

  /** Somebody with a browser of their own, or with another page of a browser that is open. */
  async person(at: keyof typeof sizes | BrowserContext = "desktop"): Promise<Person> {
    const context = typeof at === "string" ? await this.#parts.browser.context(at) : at;
    return new Person(await context.newPage(), this.#parts.origins);
  }

  /** An app's own site, over TLS, on a free port. */
  async site(answer: RequestListener): Promise<Site> {
    const site = await startSite(this.#parts.leaf, answer);
    this.#sites.push(site);
    return site;
  }

  /** Lets an app of the stack live at a site of the test's: its registration says where it is called back and where invitations lead, and nothing else changes. */
  async move(app: string, { origin }: Site): Promise<void> {
    const places = {
      callbacks: [`${origin}/callback`],
      allowed_logout_urls: [origin, `${origin}/`],
      web_origins: [origin],
      initiate_login_uri: `${origin}/login`,
    };
    await this.hands.change(client(app, places));
  }

  async close(): Promise<void> {
    await Promise.all(this.#sites.map((site) => site.close()));
  }
}
