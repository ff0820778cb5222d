import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { findChromium, noBrowser } from "./chromium.ts";

/** Widths and heights in CSS pixels. */
export const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const;

/** No clock decides a test: a busy machine takes its time. */
const patience = 120_000;

/** Nobody but this machine is spoken to: every other name is not found, and the browser does nothing of its own accord. */
const keptAtHome = [
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
  "--no-proxy-server",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-sync",
];

/** A real Chromium without a window. */
export class OpenBrowser {
  readonly #browser: Browser;
  readonly #home: string;

  private constructor(browser: Browser, home: string) {
    this.#browser = browser;
    this.#home = home;
  }

  /**
   * @param keys of the servers whose certificates it takes, as `trusted-keys.ts` gives them: Chromium knows the machine's roots only, and
   *   the local authority is not one of them. Any other certificate is as bad as ever.
   */
  static async open(keys: readonly string[]): Promise<OpenBrowser> {
    const executablePath = findChromium();
    if (executablePath === undefined) throw new Error(noBrowser);
    // a home of its own: nothing of the person's is read or written
    const home = mkdtempSync(join(tmpdir(), "auth0-b2b-browser-"));
    try {
      const browser = await chromium.launch({
        executablePath,
        timeout: patience,
        env: { PATH: process.env.PATH, HOME: home, LANG: "C.UTF-8" },
        args: [...keptAtHome, `--ignore-certificate-errors-spki-list=${keys.join(",")}`],
        chromiumSandbox: process.getuid?.() !== 0,
      });
      return new OpenBrowser(browser, home);
    } catch (cause) {
      rmSync(home, { recursive: true });
      throw cause;
    }
  }

  /** Another person's browser: no cookie, store or cache of the others. */
  async context(size: keyof typeof sizes = "desktop"): Promise<BrowserContext> {
    const context = await this.#browser.newContext({ viewport: sizes[size], locale: "en" });
    context.setDefaultTimeout(patience);
    return context;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#home, { recursive: true });
  }
}
