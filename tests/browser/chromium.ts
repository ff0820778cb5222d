import { findOnPath, isExecutable } from "../../local/engine/program.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser's program: what CHROMIUM names, else the first of the usual names on PATH. @throws where CHROMIUM names no program */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM, PATH } = env;
  if (!CHROMIUM) return names.map((name) => findOnPath(name, PATH)).find((found) => found !== undefined);
  if (isExecutable(CHROMIUM)) return CHROMIUM;
  throw new Error(`CHROMIUM names no program: ${CHROMIUM}.`);
}

/** What is not known of a checkout on a machine without a browser. */
export const noBrowser = `NOT TESTED: there is no Chromium on this machine (${names.join(", ")} on PATH, or CHROMIUM).
Left out is everything that takes a real browser:
  - the pages of a login, and how they look and can be used on a phone and a desktop
  - what a browser lets another site do: frames, messages, requests from other origins
  - apps in the browser, with Auth0's own library for them
To test that too: apt-get install chromium (Debian), snap install chromium (Ubuntu), or CHROMIUM=/path/to/chromium.`;
