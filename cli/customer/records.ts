import { Resolver } from "node:dns/promises";
import { type DomainProof, proofOf } from "../../stacks/domain-proof.ts";
import type { Company } from "../../stacks/entries.ts";
import { domainsOf } from "../../stacks/entry-connections.ts";
import type { Settings } from "../../stacks/load.ts";

/** One domain of one connection, and the record that proves it. */
export interface WantedRecord extends DomainProof {
  readonly connection: string;
  readonly domain: string;
}

/** The records that a company's domains are proven by. */
export function recordsOf({ claimNamespace }: Settings, { slug, entry }: Company): WantedRecord[] {
  return Object.entries(entry.connections ?? {}).flatMap(([connection, one]) =>
    domainsOf(one).map((domain) => ({ connection, domain, ...proofOf({ claimNamespace, slug, domain }) })),
  );
}

/** The texts of a name's TXT records; undefined where there are none. @throws where no server answers */
export type LookUp = (host: string) => Promise<readonly string[] | undefined>;

/** What the DNS says when a name has no such record, or is not there at all. */
const nothing: ReadonlySet<unknown> = new Set(["ENOTFOUND", "ENODATA"]);

/** @param server host and port of the one server to ask. @default those of the machine */
export function lookUpWith(server: string | undefined): LookUp {
  const resolver = new Resolver({ timeout: 5000, tries: 2 });
  if (server !== undefined) resolver.setServers([server]);
  return async (host) => {
    try {
      // a long text comes in several pieces
      return (await resolver.resolveTxt(host)).map((pieces) => pieces.join(""));
    } catch (thrown) {
      if (thrown instanceof Error && "code" in thrown && nothing.has(thrown.code)) return undefined;
      throw thrown;
    }
  };
}
