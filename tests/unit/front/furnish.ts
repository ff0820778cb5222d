import type { TestTenant } from "../tenant/harness.ts";
import { get, words } from "./reading.ts";

/** Makes an app, and answers its client id. */
export async function app(tenant: TestTenant, name = "Shop", more: object = {}): Promise<string> {
  const callbacks = ["https://localhost:3000/callback"];
  const { client_id } = await tenant.make("/clients", { name, callbacks, app_type: "regular_web", ...more });
  return String(client_id);
}

/** Makes somebody with a password, and answers the account's id. */
export async function person(tenant: TestTenant, name: string): Promise<string> {
  const connection = "Username-Password-Authentication";
  const email = `${name.toLowerCase().replace(/[^a-z]/g, "")}@mail.example`;
  const made = { connection, email, name, password: "Known-To-Few-1" };
  return String((await tenant.make("/users", made)).user_id);
}

/** What a person reads of the board. */
export async function board(tenant: TestTenant): Promise<string[]> {
  return words((await get(tenant, "/.local/board")).text);
}

export function addressOfPlay(query: Readonly<Record<string, string>>): string {
  return `/.local/play?${new URLSearchParams(query)}`;
}
