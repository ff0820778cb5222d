import * as pulumi from "@pulumi/pulumi";
import { type ApiName, apis } from "./catalog.ts";
import { lineOf } from "./faults.ts";
import type { Settings } from "./load.ts";
import { plain } from "./schema/strict.ts";
import { companyStates, isOpen } from "./states.ts";

/** Says what is no fault and wants a second look. */
export function announceWarnings({ warnings }: Pick<Settings, "warnings">): void {
  for (const warning of warnings) void pulumi.log.warn(lineOf(warning));
}

/** Says of each company that this change shuts out when the last of its access tokens ends: none can be taken back. */
export function announceSuspensions({ companies, previous }: Pick<Settings, "companies" | "previous">): void {
  for (const { slug, entry } of companies) {
    const before = Object.hasOwn(previous, slug) ? previous[slug]?.state : undefined;
    const wasOpen = companyStates.some((state) => state === before && isOpen(state));
    if (wasOpen && !isOpen(entry.state)) void pulumi.log.info(suspensionText(slug));
  }
}

function suspensionText(slug: string): string {
  return `${plain(slug)}: no new token of any kind from the end of this up; the last access token that it has ends within ${lifetimesOf(Object.keys(apis) as ApiName[])}.`;
}

/** How long the last access token for each of these APIs lives. */
export function lifetimesOf(names: readonly ApiName[]): string {
  return names.map((name) => `${apis[name].tokenLifetime} s (${name})`).join(", ");
}
