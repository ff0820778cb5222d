import { parseDocument } from "yaml";
import { proofOf } from "../../stacks/domain-proof.ts";
import { isMap } from "../../stacks/schema/strict.ts";

/** The day on which the tests' records were found. */
const on = "2026-11-28";

/** An entry whose domains are all proven, as far as it has any and says nothing of it itself. */
export function withProofs(claimNamespace: string, slug: string, entry: unknown): unknown {
  if (!isMap(entry) || !isMap(entry.connections)) return entry;
  const connections = Object.entries(entry.connections).map(([name, connection]) => {
    const domains = isMap(connection) && Array.isArray(connection.domains) ? connection.domains : [];
    if (domains.length === 0 || !isMap(connection)) return [name, connection]; // a database has none
    return [name, { proven: proofsOf(claimNamespace, slug, domains), ...connection }];
  });
  return { ...entry, connections: Object.fromEntries(connections) };
}

/** The same of an entry's file, which stays as it is otherwise; what it says of proofs is written anew. */
export function provenFile(claimNamespace: string, slug: string, text: string): string {
  const document = parseDocument(text);
  const { connections = {} } = document.toJS() as { connections?: Record<string, { domains: string[] }> };
  for (const [name, { domains }] of Object.entries(connections)) {
    document.setIn(["connections", name, "proven"], document.createNode(proofsOf(claimNamespace, slug, domains)));
  }
  return document.toString({ lineWidth: 0 });
}

function proofsOf(claimNamespace: string, slug: string, domains: readonly string[]) {
  return Object.fromEntries(
    domains.map((domain) => [domain, { value: proofOf({ claimNamespace, slug, domain }).value, on }]),
  );
}
