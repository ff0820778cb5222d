import { join, resolve } from "node:path";

/** The project's own folder. */
export const PROJECT = resolve(import.meta.dirname, "../..");

/** Where everything that is made on this machine lies; nothing of it is committed. All paths are absolute. */
export interface LocalFolder {
  /** The folder of them all: `.local` for a person, a temporary one for a test. */
  readonly folder: string;
  /** `PULUMI_HOME`: plugins and workspace settings of this project, never the person's `~/.pulumi`. */
  readonly home: string;
  /** The self-managed backend: the stack's state. */
  readonly state: string;
  /** The local tenant's data file, unless `DATA` names another. */
  readonly data: string;
  /** The certificate of the local tenant's own authority. */
  readonly ca: string;
  /** The system's roots and that certificate in one file. */
  readonly roots: string;
}

/** The paths below `folder`, which is `.local` of the project unless a test hands in its own. */
export function localFolder(folder: string = join(PROJECT, ".local")): LocalFolder {
  return {
    folder,
    home: join(folder, "pulumi"),
    state: join(folder, "state"),
    data: join(folder, "tenant.db"),
    ca: join(folder, "ca.pem"),
    roots: join(folder, "roots.pem"),
  };
}
