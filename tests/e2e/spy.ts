import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { World } from "./world.ts";

/** What a preview had of its own on the disk while it ran. */
export interface Seen {
  /** The permissions of its folder. */
  readonly mode: number;
  /** `PULUMI_BACKEND_URL`, which says where the CLI looks. */
  readonly backend: string;
  /** The state that is there. @default none */
  readonly state: string | undefined;
  /** Every file below the folder, one after the other. */
  readonly all: string;
}

/** Stands before the CLI in a world: keeps what each preview has in its temporary folder, which is one that nothing else uses. */
export class Spy {
  readonly #temporary: string;
  readonly #kept: string;

  constructor(world: World) {
    const [bin, temporary, kept] = ["spy/bin", "spy/temporary", "spy/kept"].map((name) => join(world.folder, name)) as [
      string,
      string,
      string,
    ];
    for (const folder of [bin, temporary, kept]) mkdirSync(folder, { recursive: true });
    this.#temporary = temporary;
    this.#kept = kept;
    const script = `#!/bin/sh
if [ "$1" = preview ]; then
  cp -Rp "$TMPDIR" "${kept}/$$"
  printf %s "$PULUMI_BACKEND_URL" > "${kept}/$$/backend"
fi
PATH="\${PATH#*:}" exec pulumi "$@"
`;
    writeFileSync(join(bin, "pulumi"), script, { mode: 0o755 });
    world.env = { ...world.env, PATH: `${bin}:${world.env.PATH}`, TMPDIR: temporary };
  }

  /** What the previews since the last look had. */
  taken(): Seen[] {
    return readdirSync(this.#kept).map((name) => {
      const copy = join(this.#kept, name);
      const [folder = ""] = readdirSync(copy).filter((one) => one.startsWith("customer-"));
      const state = join(copy, folder, "state/.pulumi/stacks/auth0-b2b/local.json");
      const files = readdirSync(copy, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
      const seen = {
        mode: statSync(join(copy, folder)).mode & 0o777,
        backend: readFileSync(join(copy, "backend"), "utf8"),
        state: existsSync(state) ? readFileSync(state, "utf8") : undefined,
        all: files.map((one) => readFileSync(join(one.parentPath, one.name), "utf8")).join("\n"),
      };
      rmSync(copy, { recursive: true });
      return seen;
    });
  }

  /** What commands have left in the temporary folder; Node's SDK of Pulumi keeps an empty one there. */
  left(): string[] {
    return readdirSync(this.#temporary).filter((name) => !name.startsWith("ts-node-"));
  }
}
