import type { Readable, Writable } from "node:stream";
import { isCancel, select, text } from "@clack/prompts";
import type { z } from "zod";

/** Where a person sits. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/** Something that a command needs, from the command line or by asking. */
export interface Wanted {
  /** As it stands on the command line: `--name`. */
  readonly flag: string;
  readonly what: string;
  /** What was given. */
  readonly given: string | undefined;
  readonly schema?: z.ZodType;
  /** The only answers. */
  readonly among?: readonly { readonly value: string; readonly label: string }[];
  /** Taken where nothing is given and nobody can be asked. */
  readonly otherwise?: string;
}

/** What is wrong with what was given, all of it. */
export class Faults extends Error {
  constructor(faults: readonly string[]) {
    super(faults.map((one) => `✖ ${one}`).join("\n"));
  }
}

/** Reads what was given, asks for the rest where a person is there, and keeps what is wrong until all is read. */
export class Answers {
  readonly #terminal: Terminal | undefined;
  readonly #faults: string[] = [];

  /** @param terminal where nobody sits: undefined */
  constructor(terminal: Terminal | undefined) {
    this.#terminal = terminal;
  }

  /** Empty where it was wrong or missing, which `demandSound` tells. */
  async read(wanted: Wanted): Promise<string> {
    const { given, otherwise } = wanted;
    if (given !== undefined) return this.#checked(wanted, given);
    if (this.#terminal) return ask(wanted, this.#terminal);
    if (otherwise !== undefined) return otherwise;
    this.#faults.push(`${wanted.flag}: missing; allowed: ${allowed(wanted)}`);
    return "";
  }

  /** What was wrong so far. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  fault(flag: string, message: string): void {
    this.#faults.push(`${flag}: ${message}`);
  }

  /** @throws Faults with everything that was wrong */
  demandSound(): void {
    if (this.#faults.length > 0) throw new Faults(this.#faults);
  }

  #checked(wanted: Wanted, given: string): string {
    const wrong = wrongWith(wanted, given);
    if (wrong !== undefined) this.#faults.push(`${wanted.flag}: ${wrong}`);
    return wrong === undefined ? given : "";
  }
}

function allowed({ among, what }: Wanted): string {
  return among ? among.map(({ value }) => value).join(", ") : what;
}

function wrongWith({ schema, among }: Wanted, given: string): string | undefined {
  if (among && !among.some(({ value }) => value === given))
    return `cannot be used; allowed: ${among.map(({ value }) => value).join(", ")}`;
  const read = schema?.safeParse(given);
  return read?.success === false ? read.error.issues[0]?.message : undefined;
}

async function ask(wanted: Wanted, { input, output }: Terminal): Promise<string> {
  const { what, among, otherwise } = wanted;
  const shared = {
    message: what.charAt(0).toUpperCase() + what.slice(1),
    input,
    output,
    ...(otherwise === undefined ? {} : { initialValue: otherwise }),
  };
  const answer = await (among
    ? select({ ...shared, options: [...among] })
    : text({ ...shared, validate: (value) => wrongWith(wanted, value ?? "") }));
  if (!isCancel(answer)) return answer;
  throw new Faults(["cancelled: nothing was written"]);
}
