import { createHash } from "node:crypto";
import type { Directory } from "../access/directory.ts";
import { fieldsOf } from "../access/metadata.ts";
import { readDirectory } from "./directory.ts";

/** One version of an object in S3. */
export interface ObjectVersion {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

/** How settings are read from AWS. Each function rejects when the signal says so, which is when nobody waits any more. */
export interface AppSettingsSource {
  /** Where the parameters begin, without a slash at the end: `/auth0-b2b-prod`. */
  readonly path: string;
  /** All parameters below a path, on whatever level: values by their whole names. */
  parameters(path: string, signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** The text of that version, and of no other. */
  object(version: ObjectVersion, signal: AbortSignal): Promise<string>;
}

/** What a back end is set up by. */
export interface AppSettings {
  /** `iss` of every token: `https://<domain>/`, with the slash. */
  readonly issuer: string;
  /** Begins the name of every claim of ours, with the slash at its end. */
  readonly claimNamespace: string;
  /** By the app's name in the catalog. */
  readonly apps: Readonly<Record<string, { readonly clientId: string }>>;
  /** By the API's name in the catalog. */
  readonly apis: Readonly<Record<string, { readonly identifier: string }>>;
  readonly directory: Directory;
}

/** Settings with the texts that they came from. */
export interface ReadSettings {
  readonly settings: AppSettings;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Reads all of it. A directory that cannot be had is asked for once more where the pointer to it has changed meanwhile: an `up` was writing.
 * @param last what was read before: a directory of the same pointer is the same one, and is not read again
 * @throws saying what is missing or damaged
 */
export async function readSettings(
  source: AppSettingsSource,
  last: ReadSettings | undefined,
  signal: AbortSignal,
): Promise<ReadSettings> {
  const parameters = await source.parameters(source.path, signal);
  try {
    return await settingsOf(source, parameters, last, signal);
  } catch (cause) {
    const again = await source.parameters(source.path, signal);
    const pointer = `${source.path}/directory`;
    if (again[pointer] === parameters[pointer]) throw cause;
    return await settingsOf(source, again, last, signal);
  }
}

async function settingsOf(
  source: AppSettingsSource,
  parameters: Readonly<Record<string, string>>,
  last: ReadSettings | undefined,
  signal: AbortSignal,
): Promise<ReadSettings> {
  const { path } = source;
  const issuer = parameter(parameters, `${path}/issuer`);
  const claimNamespace = parameter(parameters, `${path}/claim-namespace`);
  const pointer = parameter(parameters, `${path}/directory`);
  const directory =
    last?.parameters[`${path}/directory`] === pointer
      ? last.settings.directory
      : await directoryAt(source, pointer, signal);
  if (directory.issuer !== issuer) throw new Error(`the directory is of another issuer than ${path}/issuer`);
  const apps = namedBelow(parameters, `${path}/apps/`, "/client-id", (clientId) => ({ clientId }));
  const apis = namedBelow(parameters, `${path}/apis/`, "/identifier", (identifier) => ({ identifier }));
  return { settings: { issuer, claimNamespace, apps, apis, directory }, parameters };
}

function parameter(parameters: Readonly<Record<string, string>>, name: string): string {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined || value === "") throw new Error(`the parameter ${name} is missing`);
  return value;
}

/** What lies at `<before><name><behind>`, by name. Other parameters may be there: a newer program serves an older back end. */
function namedBelow<Value>(
  parameters: Readonly<Record<string, string>>,
  before: string,
  behind: string,
  made: (text: string) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([whole, text]) => {
      if (!whole.startsWith(before) || !whole.endsWith(behind)) return [];
      const name = whole.slice(before.length, -behind.length);
      return name === "" || name.includes("/") ? [] : [[name, made(text)]];
    }),
  );
}

async function directoryAt(source: AppSettingsSource, pointer: string, signal: AbortSignal): Promise<Directory> {
  const { sha256, bytes, ...version } = pointerOf(source, pointer);
  const text = await source.object(version, signal);
  const { key, versionId } = version;
  const came = Buffer.byteLength(text);
  if (came !== bytes)
    throw new Error(`${key} in version ${versionId} has ${came} bytes, and not the ${bytes} of its pointer`);
  if (createHash("sha256").update(text).digest("hex") !== sha256) {
    throw new Error(`${key} in version ${versionId} has another checksum than its pointer says`);
  }
  return readDirectory(jsonOf(text));
}

function pointerOf({ path }: AppSettingsSource, text: string) {
  const { bucket, key, versionId, sha256, bytes } = fieldsOf(jsonOf(text)) ?? {};
  if (isText(bucket) && isText(key) && isText(versionId) && isText(sha256) && Number.isSafeInteger(bytes)) {
    return { bucket, key, versionId, sha256, bytes: Number(bytes) };
  }
  throw new Error(`the parameter ${path}/directory is damaged: not bucket, key, versionId, sha256 and bytes`);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Undefined where it is none: the engine's own complaint would quote it. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
