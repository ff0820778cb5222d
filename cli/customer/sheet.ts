import { appsFor } from "../../stacks/app-choice.ts";
import { type AppName, apps, type CatalogApp, type SiteName } from "../../stacks/catalog.ts";
import type { Company } from "../../stacks/entries.ts";
import { allDomains, declaredConnections, selfServiceConnections } from "../../stacks/entry-connections.ts";
import type { Settings } from "../../stacks/load.ts";
import { recordsOf } from "./records.ts";
import { sectionsOf } from "./sheet-strategies.ts";

/** A handoff for a company's administrators: sections of values to copy and sentences to read. */
export interface Sheet {
  readonly title: string;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly heading: string;
  /** Whole sentences. */
  readonly text?: string;
  /** What is to be copied as it stands: label and value. */
  readonly values?: readonly (readonly [string, string])[];
  /** A whole sentence each. */
  readonly steps?: readonly string[];
}

/** @param domain under which people sign in: the tenant's, or its custom domain */
export function sheetOf(settings: Settings, company: Company, domain: string): Sheet {
  const { entry } = company;
  const connections = Object.entries(declaredConnections(entry)).flatMap(([name, connection]) =>
    sectionsOf({ name, connection, domain }),
  );
  const own = selfServiceConnections(entry).map((name) => ({
    heading: `Connection ${name}`,
    text: "You set this connection up yourselves. We send you a link to the assistant.",
  }));
  const passwords =
    entry.connections === undefined
      ? [{ heading: "Sign-in", text: "Your people sign in with a password. Each of them gets an invitation by mail." }]
      : [];
  return {
    title: `${allDomains(entry).length > 0 ? "Single sign-on" : "Sign-in"} for ${entry.displayName} at ${settings.friendlyName}`,
    sections: [...connections, ...own, ...passwords, ...proofs(settings, company), test(settings, company)],
  };
}

function proofs(settings: Settings, company: Company): Section[] {
  const records = recordsOf(settings, company);
  if (!settings.environment.domainProof || records.length === 0) return [];
  return [
    {
      heading: "Prove that the domains are yours",
      text: "Publish one TXT record a domain. It holds no secret, and may go once we told you that it was found.",
      values: records.flatMap(({ domain, host, value }) => [
        [`Name of the record for ${domain}`, host] as const,
        ["Its text", value] as const,
      ]),
    },
  ];
}

function test({ sites }: Settings, company: Company): Section {
  const sso = allDomains(company.entry).length > 0;
  const site = sites[siteFor(company)];
  const stranger = "Have somebody try who must not come in: a person who is not assigned to the application.";
  const first = sso
    ? "Name two people who try it first. Each gets an invitation by mail; its link leads to your sign-in."
    : "Name two people who try it first. Each gets an invitation by mail.";
  const pilot = [first, "Nothing changes for anybody else until you tell us that it works."];
  const live = sso
    ? `Open ${site} in a private window and type an address at one of your domains. It leads to your own sign-in.`
    : `Open ${site} in a private window and sign in with your address and your password.`;
  const steps = company.entry.state === "pilot" ? pilot : [live];
  return {
    heading: "Try it",
    steps: [
      ...steps,
      ...(sso ? [stranger] : []),
      ...(company.entry.state === "pilot" ? [] : ["Sign out, and sign in again."]),
    ],
  };
}

const appByName: Readonly<Record<AppName, CatalogApp>> = apps;

/** Where the company's people go first: the first app that lets them in. */
function siteFor({ entry }: Company): SiteName {
  const conditions: Readonly<Record<string, string>> = entry.conditions;
  const open = appsFor([entry]).filter((name) =>
    Object.entries(appByName[name].policy.orgRequires).every(([condition, asked]) => conditions[condition] === asked),
  );
  return appByName[open[0] ?? "main"].site;
}
