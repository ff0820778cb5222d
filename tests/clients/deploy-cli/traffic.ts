import type { Logged, TestTenant } from "../../e2e/tenant.ts";

/** Parts of a path that differ from object to object, and what stands for them. */
const variable: readonly (readonly [part: RegExp, stand: string])[] = [
  // Three letters and what was drawn; else of an Action, an API or a client.
  [/(?<=\/)([a-z]{3}_[A-Za-z0-9]{16,}|[0-9a-f-]{24,36}|[A-Za-z0-9]{32})(?=\/|$)/g, ":id"],
  [/(?<=^\/api\/v2\/email-templates\/)\w+/g, ":template"],
];

function operation({ method, path }: Logged): string {
  const shape = variable.reduce((text, [part, stand]) => text.replaceAll(part, stand), path);
  return `${method} ${shape.replace("/api/v2", "")}`;
}

function counted(lines: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of lines) counts[line] = (counts[line] ?? 0) + 1;
  return counts;
}

/** How often each operation that changes something was asked for after that request. */
export async function writes(tenant: TestTenant, after: number): Promise<Record<string, number>> {
  return counted((await tenant.writes(after)).map(operation));
}

/** How often each operation was refused after that request, with its status. */
export async function refusals(tenant: TestTenant, after: number): Promise<Record<string, number>> {
  const refused = (await tenant.requests(after)).filter(({ status }) => status >= 400);
  return counted(refused.map((one) => `${operation(one)} ${one.status}`));
}
