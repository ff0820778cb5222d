import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { CredentialsExchangeSettings } from "./credentials-exchange/decide.ts";
import type { PostLoginSettings } from "./post-login/decide.ts";
import type { PreUserRegistrationSettings } from "./pre-user-registration/decide.ts";
import { actionText, checkDomains } from "./text.ts";

/** Each Action and the settings that are written into it. */
export interface ActionSettings {
  readonly "post-login": PostLoginSettings;
  readonly "pre-user-registration": PreUserRegistrationSettings;
  readonly "password-reset-post-challenge": Readonly<Record<string, never>>;
  readonly "credentials-exchange": CredentialsExchangeSettings;
}

export type ActionName = keyof ActionSettings;

/**
 * The CommonJS text of an Action. A function of the sources, the settings and the claimed domains alone: no clock,
 * no path, no minifying, so that an unchanged Action gives an unchanged preview.
 * @param claimedDomains normalised, in any order; needed by every Action but `credentials-exchange`
 * @throws when the text is over Auth0's limit of 100 kB, and when domains are missing, not wanted or not normalised
 */
export async function bundle<Name extends ActionName>(
  name: Name,
  settings: ActionSettings[Name],
  claimedDomains?: readonly string[],
): Promise<string> {
  checkDomains(name, claimedDomains);
  return actionText(name, await compileOnce(name, settings), claimedDomains);
}

const compiled = new Map<string, Promise<string>>();

/** One run asks for a text twice: with the claimed domains, and without. */
function compileOnce<Name extends ActionName>(name: Name, settings: ActionSettings[Name]): Promise<string> {
  const key = JSON.stringify([name, settings]);
  const known = compiled.get(key) ?? compile(name, settings);
  compiled.set(key, known);
  return known;
}

async function compile<Name extends ActionName>(name: Name, settings: ActionSettings[Name]): Promise<string> {
  const build = await rolldown({
    input: fileURLToPath(new URL(`${name}/index.ts`, import.meta.url)),
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    platform: "node",
    tsconfig: false,
    transform: { define: { ACTION_SETTINGS: JSON.stringify(settings) } },
    experimental: { attachDebugInfo: "none" }, // no line that names the file which follows: claimed domains need the room
  });
  try {
    const { output } = await build.generate({ format: "cjs", comments: false, generatedCode: { symbols: false } });
    return output[0].code;
  } finally {
    await build.close();
  }
}
