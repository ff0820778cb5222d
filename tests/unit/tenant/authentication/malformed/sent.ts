import { afterAll, beforeAll } from "vitest";
import { formed, type Raw, saidBy, Wire } from "../raw.ts";
import { Shop } from "../shop.ts";

let shop: Shop;
let wire: Wire;

/** One shop for all tests of a file: what is malformed changes nothing. */
export function openShop(): void {
  beforeAll(async () => {
    shop = await Shop.open();
    wire = Wire.to(shop.tenant);
  });
  afterAll(() => wire.close());
}

/** `{client}` and `{secret}` stand for the app's. */
function filled(text: string): string {
  return text.replaceAll("{client}", shop.client.client_id).replaceAll("{secret}", String(shop.client.client_secret));
}

/** What is said to a request of somebody who has no session. */
export async function said({ path, body, ...rest }: Raw): Promise<unknown> {
  const sent = { ...rest, path: filled(path) };
  return saidBy(await wire.ask(body === undefined ? sent : { ...sent, body: filled(body) }));
}

export const page = (code: string, words: string, status = 400) => ({
  status,
  title: "Sign-in is not possible",
  items: [code, words],
});
export const json = (status: number, error: string, error_description: string) => ({
  status,
  body: { error, error_description },
});
export const encoded = (text: string) => encodeURIComponent(text);

/** A form in which the placeholders are still to be filled. */
export const post = (path: string, fields: Readonly<Record<string, string>>): Raw => ({
  ...formed(path, {}),
  body: Object.entries(fields)
    .map(([name, value]) => `${name}=${value.startsWith("{") ? value : encoded(value)}`)
    .join("&"),
});
