import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { parse } from "yaml";
import { DOMAIN_KEYWORD } from "./cli.ts";

/** An export as it can be compared with one of another tenant. */
export interface Comparable {
  /** The text of each file, by its path. */
  readonly files: Readonly<Record<string, string>>;
  /** What an import adds that the export before did not have, by file and place; left out of `files`. */
  readonly completed: readonly string[];
}

/** What each tenant makes up itself, by the field that tells it. */
const ownOfTenant: Readonly<Record<string, readonly [pattern: RegExp, stand: string]>> = {
  // The Management API's identifier has the tenant's domain, in the grants of machines that call it.
  audience: [/^https:\/\/localhost:\d+\/api\/v2\/$/, "https://TENANT/api/v2/"],
  // The DNS record that proves a company's domain is named after the organization's id, and its text is drawn.
  verification_host: [/(?<=^_ss-verification\.)org_\w{16}(?=\.)/, "ORGANIZATION"],
  verification_txt: [/^[0-9a-f]{32}$/, "DRAWN"],
};

/** Lists of an organization, with what orders them here: the tool creates their members all at once, so any may come first. */
const unordered: Readonly<Record<string, string>> = { connections: "name", discovery_domains: "domain" };

/** What an import adds to a database, by field. */
const completions: Readonly<Record<string, unknown>> = {
  // The tool's own schema has this default, and the tool sends it along.
  disable_self_service_change_password: false,
  // A create that names authentication methods, as an export does, gets the others as well, off.
  email_otp: { enabled: false },
  phone_otp: { enabled: false },
};

const readers: Readonly<Record<string, (text: string) => unknown>> = { ".json": JSON.parse, ".yaml": parse };

const textOf = (item: unknown, key: string): string => String((item as Readonly<Record<string, unknown>>)[key]);

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Reads an export. YAML and JSON become JSON of the same content in the same order; code stays as it is, byte for byte. */
export function comparable(folder: string): Comparable {
  const completed: string[] = [];
  const files = Object.fromEntries(
    filesOf(folder).map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      const read = readers[extname(file)];
      return [file, read ? render(shared(read(text), [file])) : text];
    }),
  );
  return { files, completed: completed.toSorted() };

  function shared(value: unknown, path: readonly string[]): unknown {
    if (Array.isArray(value)) {
      const items = value.map((item, index) => shared(item, [...path, item?.name ?? String(index)]));
      const key = unordered[path.at(-1) ?? ""];
      return key === undefined
        ? items
        : items.toSorted((one, other) => (textOf(one, key) < textOf(other, key) ? -1 : 1));
    }
    if (typeof value !== "object" || value === null) return standing(value, path.at(-1) ?? "");
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, item]) => {
        if (!(name in completions) || !isSame(item, completions[name])) return [[name, shared(item, [...path, name])]];
        completed.push([...path, name].join(" "));
        return [];
      }),
    );
  }
}

function standing(value: unknown, field: string): unknown {
  const [pattern, stand] = ownOfTenant[field] ?? [];
  return typeof value === "string" && pattern && stand ? value.replace(pattern, stand) : value;
}

const render = (content: unknown) => JSON.stringify(content, null, 2);

const filesOf = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => statSync(join(folder, file)).isFile())
    .toSorted();

/**
 * A copy of an export for any tenant, as https://auth0.com/docs/deploy-monitor/deploy-cli-tool/keyword-replacement tells: a keyword
 * stands where the domain of the tenant was. Answers the files that had it.
 */
export function portable(folder: string, domain: string, copy: string): string[] {
  cpSync(folder, copy, { recursive: true });
  return filesOf(copy).filter((file) => {
    const text = readFileSync(join(copy, file), "utf8");
    writeFileSync(join(copy, file), text.replaceAll(domain, `##${DOMAIN_KEYWORD}##`));
    return text.includes(domain);
  });
}
