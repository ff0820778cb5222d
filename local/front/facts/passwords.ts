import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

/** As much of the file of the people as signing in takes; `make up` says what is wrong with the rest. */
const PeopleFile = z.object({ password: z.string() });

/**
 * The password of everybody whom `make up` added; undefined where no file says it. Read anew each time: the file may have changed.
 * @param file such as stacks/local/people.yaml
 */
export function sharedPassword(file: string | undefined): string | undefined {
  return file ? PeopleFile.safeParse(parsed(file)).data?.password : undefined;
}

function parsed(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch {
    return undefined; // one that is being written, or is broken: the next `make up` says how
  }
}
