import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { organizationTypes } from "../../access/words.ts";
import { environments } from "../../stacks/environments.ts";
import { lineOf } from "../../stacks/faults.ts";
import { displayName, domain, slug as slugRule } from "../../stacks/schema/values.ts";
import { Answers, type Terminal } from "./asked.ts";
import { conditionsOf } from "./conditions.ts";
import { type Field, type StrategyName, strategies, strategyNames } from "./fields.ts";
import { type Place, readOffline } from "./place.ts";
import { written } from "./written.ts";

/** What may be given on the command line. */
export interface AddOptions {
  readonly name?: string;
  readonly type?: string;
  /** `api_access=on` */
  readonly condition?: readonly string[];
  readonly state?: string;
  readonly stage?: string;
  readonly signIn?: string;
  readonly connection?: string;
  readonly domain?: readonly string[];
  readonly secretArn?: string;
  /** The flags of the strategies' own fields. */
  readonly fields: Readonly<Record<string, string | undefined>>;
}

/** What was written, and what is to be done next. */
export interface Added {
  readonly file: string;
  readonly slug: string;
  readonly state: string;
  /** The secret that the entry names, where it is still to be set. */
  readonly secret: string | undefined;
  readonly connection: string | undefined;
  readonly domains: readonly string[];
  /** What is no fault of it and wants a second look, a line each. */
  readonly warnings: readonly string[];
}

/**
 * Writes the entry of a new company, after the whole stack with it was checked; asks for what was not given.
 * @throws Faults or pulumi.RunError with everything that is wrong; then nothing is written
 */
export async function add(
  place: Place,
  given: string | undefined,
  options: AddOptions,
  terminal: Terminal | undefined,
): Promise<Added> {
  const answers = new Answers(terminal);
  const slug = await answers.read({
    flag: "slug",
    what: "the organization's name, 1 to 50 lower-case letters, digits and hyphens; it never changes",
    given,
    schema: slugRule,
  });
  const name = await answers.read({
    flag: "--name",
    what: "the name that people see",
    given: options.name,
    schema: displayName,
  });
  const type = await answers.read({
    flag: "--type",
    what: "the kind of company",
    given: options.type,
    among: organizationTypes.map((value) => ({ value, label: value })),
  });
  const asked = await conditionsOf(answers, type, options.condition ?? []);
  const signIn = await answers.read({
    flag: "--sign-in",
    what: "how its people sign in",
    given: options.signIn,
    among: [
      ...strategyNames.map((value) => ({ value, label: strategies[value].label })),
      { value: "password", label: "With a password; each person is invited" },
    ],
  });
  const connection = isStrategy(signIn) ? await connectionOf(answers, slug, signIn, options) : undefined;
  if (signIn !== "") refuseUnfit(answers, signIn, options);
  answers.demandSound();

  const proof = Object.entries(environments).find(([stack]) => stack === place.stack)?.[1].domainProof === true;
  const state = options.state ?? (proof && connection ? "pilot" : undefined);
  const entry = {
    displayName: name,
    type,
    ...(state === undefined ? {} : { state }),
    ...(options.stage === undefined ? {} : { stage: options.stage }),
    conditions: asked,
    ...(connection ? { connections: { [connection.name]: connection.entry } } : {}),
  };
  const file = join("stacks", place.stack, "customers", `${slug}.yaml`);
  if (existsSync(join(place.root, file)))
    answers.fault("slug", `${file} is there already; allowed: another slug, or edit that file`);
  answers.demandSound();
  const entries = [{ slug, file, path: [], value: entry }];
  const { config, settings } = readOffline(place, { entries, unfinished: ["secrets"], now: new Date() });
  const unset = [connection?.secret].find((secret) => secret !== undefined && !config.values.has(secret));
  mkdirSync(dirname(join(place.root, file)), { recursive: true });
  // "wx": never over a file that came in the meantime
  writeFileSync(join(place.root, file), written(entry), { flag: "wx" });
  return {
    file,
    slug,
    state: state ?? "live",
    secret: unset,
    connection: connection?.name,
    domains: connection?.entry.domains ?? [],
    warnings: settings.warnings.filter((warning) => warning.file === file).map(lineOf),
  };
}

function isStrategy(signIn: string): signIn is StrategyName {
  return strategyNames.some((name) => name === signIn);
}

/** A flag of another way to sign in would go without a word. */
function refuseUnfit(answers: Answers, signIn: string, { connection, domain, secretArn, fields }: AddOptions): void {
  const { fields: asked, secret } = isStrategy(signIn) ? strategies[signIn] : { fields: [], secret: false };
  const common = isStrategy(signIn) ? ["domain", "connection", ...(secret ? ["secret-arn"] : [])] : [];
  const fit = [...asked.map(({ flag }) => flag), ...common];
  const allowed = fit.length > 0 ? fit.map((flag) => `--${flag}`).join(", ") : "no flag of a connection";
  const given = { domain: domain?.[0], connection, "secret-arn": secretArn, ...fields };
  for (const [flag, value] of Object.entries(given))
    if (value !== undefined && !fit.includes(flag))
      answers.fault(`--${flag}`, `not with --sign-in ${signIn}; allowed: ${allowed}`);
}

async function connectionOf(answers: Answers, slug: string, strategy: StrategyName, options: AddOptions) {
  const { fields, secret } = strategies[strategy];
  const name = options.connection ?? `${slug}-sso`;
  const domains = await domainsOf(answers, options.domain);
  const own: Record<string, string> = {};
  for (const field of fields) {
    const otherwise = field.key === "domain" && strategy === "google-apps" ? domains[0] : undefined;
    own[field.key] = await fieldOf(answers, field, options.fields[field.flag], otherwise);
  }
  const config = `${name}-secret`;
  const lies = options.secretArn === undefined ? { config } : { arn: options.secretArn };
  return {
    name,
    secret: secret && options.secretArn === undefined ? config : undefined,
    entry: { strategy, ...own, ...(secret ? { clientSecret: lies } : {}), domains },
  };
}

async function domainsOf(answers: Answers, given: readonly string[] | undefined): Promise<string[]> {
  const what = "its domains, with commas between them";
  const [first] = given ?? [];
  const typed = first === undefined ? [await answers.read({ flag: "--domain", what, given: undefined })] : [];
  const all = [...(given ?? []), ...typed].flatMap((one) => one.split(",")).map((one) => one.trim());
  const read: string[] = [];
  for (const one of all.filter((text) => text !== ""))
    read.push(await answers.read({ flag: "--domain", what, given: one, schema: domain }));
  return read;
}

async function fieldOf(answers: Answers, field: Field, given: string | undefined, otherwise: string | undefined) {
  const { flag, what, schema, file } = field;
  const wanted = { flag: `--${flag}`, what, given, ...(otherwise === undefined ? {} : { otherwise }) };
  if (!file) return answers.read({ ...wanted, schema });
  const path = await answers.read(wanted);
  if (path === "") return "";
  const content = contentOf(path);
  if (content === undefined) answers.fault(`--${flag}`, "cannot be read; allowed: a file in UTF-8");
  const wrong = content === undefined ? undefined : schema.safeParse(content);
  if (wrong?.success === false) answers.fault(`--${flag}`, wrong.error.issues[0]?.message ?? "");
  return content ?? "";
}

function contentOf(path: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch {
    return undefined; // said as a fault by the caller
  }
}
