import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { PostLoginSettings } from "./post-login/decide.ts";

/** Each Action and the settings that are written into it. */
interface ActionSettings {
  readonly "post-login": PostLoginSettings;
}

export type ActionName = keyof ActionSettings;

/** 100 kB an Action: https://auth0.com/docs/customize/actions/limitations */
const sizeLimit = 100_000;

/**
 * The CommonJS text of an Action. A function of the sources and the settings alone: no clock, no path, no minifying,
 * so that an unchanged Action gives an unchanged preview.
 * @throws when the text is over Auth0's limit of 100 kB
 */
export async function bundle<Name extends ActionName>(name: Name, settings: ActionSettings[Name]): Promise<string> {
  const here = fileURLToPath(new URL(".", import.meta.url));
  const build = await rolldown({
    input: `${here}${name}/index.ts`,
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    platform: "node",
    tsconfig: false,
    transform: { define: { ACTION_SETTINGS: JSON.stringify(settings) } },
  });
  try {
    const { output } = await build.generate({ format: "cjs", comments: false });
    const code = output[0].code;
    const size = Buffer.byteLength(code);
    if (size > sizeLimit) throw new Error(`Action ${name} is ${size} bytes; allowed: ${sizeLimit}`);
    return code;
  } finally {
    await build.close();
  }
}
