import { isUtf8 } from "node:buffer";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { Fault } from "../engine/fault.ts";

/** One thing in the file that a person must mend. */
export interface PeopleFault {
  /** The place, such as `people[2].email`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, and what is allowed. */
  readonly message: string;
}

/** Says what is wrong with a value; one that is not plain is not quoted. */
const otherThan = (allowed: string) => ({
  error: ({ input }: { input?: unknown }) => {
    if (input === undefined) return `missing; allowed: ${allowed}`;
    const plain = typeof input !== "object" && JSON.stringify(input).length <= 100;
    return `${plain ? JSON.stringify(input) : "what stands here"} cannot be used; allowed: ${allowed}`;
  },
});

const text = (allowed: string) => z.string(otherThan(allowed)).regex(/^\S(.*\S)?$/, otherThan(allowed));

/** An object whose complaints name the keys that it may have. */
function keyed<Shape extends z.core.$ZodShape>(shape: Shape) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return otherThan(`an object with ${keys}`).error(issue);
      return `unknown key ${issue.keys.join(", ")}; allowed: ${keys}`;
    },
  });
}

const roleNames = z
  .array(text("the name of a role"), otherThan("a list of the names of roles"))
  .refine((names) => new Set(names).size === names.length, { error: "a role stands twice; allowed: each once" });
const address = /^[a-z0-9.+_-]{1,64}@([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/;
const anAddress = otherThan("an e-mail address in lower case");

const aPassword = { error: "missing, empty or no text; allowed: a password that the connection's policy takes" }; // unquoted

const person = (stage: z.ZodType<string>) =>
  keyed({
    name: text("a name").max(300, otherThan("a name of at most 300 characters")),
    email: z.string(anAddress).regex(address, anAddress),
    /** Left out: the person has none of their own, as most members. */
    stage: stage.optional(),
    /** The person's own, outside any organization. Left out: what the first login gives. */
    roles: roleNames.default([]),
    /** Organization → roles in it. An empty list: what the first login gives. */
    memberships: z
      .record(z.string(), roleNames, otherThan("a map from the name of an organization to a list of roles"))
      .default({}),
  });

const peopleFile = (stage: z.ZodType<string>) =>
  keyed({
    connection: text("the name of a database connection"),
    password: z.string(aPassword).min(1, aPassword),
    people: z.array(person(stage), otherThan("a list of people")),
  });

export type Person = z.infer<ReturnType<typeof person>>;

/** Who is to be there; a person with several memberships stands once. */
export interface People extends z.infer<ReturnType<typeof peopleFile>> {
  /** The file that says so, from the project's folder. */
  readonly file: string;
}

/**
 * Reads the people of stack `local`.
 * @param file from `root`
 * @param stages those that a person may be at; undefined: any word
 * @throws Fault with everything that is wrong, each with file, place and what is allowed
 */
export function readPeople(root: string, file: string, stages?: readonly string[]): People {
  const value = parsed(join(root, file), file);
  const stage = stages === undefined ? text("a stage") : z.enum(stages, otherThan(stages.join(", ")));
  const read = peopleFile(stage).safeParse(value);
  const faults = [
    ...(read.error?.issues ?? []).map(({ path, message }) => ({ path: placeOf(path), message })),
    ...repeated(value),
  ];
  if (read.success && faults.length === 0) return { ...read.data, file };
  throw unusable(file, faults);
}

const WithStages = z.object({ config: z.object({ "auth0-b2b:stages": z.array(z.string()).min(1) }) });

/** The stages that a stack's settings file names; undefined where it does not, which `pulumi up` says better. */
export function stagesOf(settings: string): readonly string[] | undefined {
  if (!existsSync(settings)) return undefined;
  const document = parseDocument(readFileSync(settings, "utf8"));
  return document.errors.length > 0
    ? undefined
    : WithStages.safeParse(document.toJS()).data?.config["auth0-b2b:stages"];
}

/** All faults of the file in one. */
export function unusable(file: string, faults: readonly PeopleFault[]): Fault {
  const lines = faults.map(({ path, message }) => `✖ ${file}${path === "" ? "" : `: ${path}`}: ${message}`);
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  return new Fault([`The people of stack local cannot be added: ${count}. Nobody was added.`, ...lines].join("\n"));
}

function parsed(path: string, file: string): unknown {
  const bytes = lstatSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : undefined;
  if (bytes === undefined || !isUtf8(bytes)) {
    const wrong = bytes === undefined ? "no file is there" : "not UTF-8";
    throw unusable(file, [{ path: "", message: `${wrong}; allowed: a YAML file in UTF-8` }]);
  }
  const lines = new LineCounter();
  const document = parseDocument(bytes.toString(), { lineCounter: lines });
  const broken = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
    path: `line ${lines.linePos(pos[0]).line}`,
    message: `not YAML that can be read (${code}); allowed: plain YAML 1.2`,
  }));
  if (broken.length > 0) throw unusable(file, broken);
  return document.toJS();
}

const Addresses = z.object({ people: z.array(z.object({ email: z.string() }).catch({ email: "" })) });

/** Addresses that stand twice: looked for by itself, since another fault must not hide it. */
function repeated(value: unknown): PeopleFault[] {
  const emails = Addresses.safeParse(value).data?.people.map(({ email }) => email) ?? [];
  return emails.flatMap((email, index) => {
    const first = emails.indexOf(email);
    if (email === "" || first === index) return [];
    return [{ path: `people[${index}].email`, message: `${email} is people[${first}]'s already; allowed: each once` }];
  });
}

/** `people[2].memberships.acme` */
export function placeOf(path: readonly PropertyKey[]): string {
  const parts = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  return parts.join("").replace(/^\./, "");
}
