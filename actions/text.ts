import { bytesPerDomain, writeClaimed } from "../access/claimed-domains.ts";
import type { ActionName } from "./bundle.ts";

/** 100 kB an Action: https://auth0.com/docs/customize/actions/limitations */
const sizeLimit = 100_000;

/** The one Action that no person comes through, and so no address. */
const withoutDomains: ActionName = "credentials-exchange";

/** @throws when an Action that guards addresses is given no set of domains, and when one that does not is given one */
export function checkDomains(name: ActionName, claimedDomains: readonly string[] | undefined): void {
  if (name === withoutDomains && claimedDomains) throw new Error(`Action ${name} holds no claimed domains`);
  if (name !== withoutDomains && !claimedDomains) throw new Error(`Action ${name} needs the claimed domains`);
}

/**
 * The whole text of an Action: the claimed domains at its head, one a line, then its code.
 * @throws when it is over Auth0's limit; where the domains are the cause, it says how many fit
 */
export function actionText(name: ActionName, code: string, claimedDomains: readonly string[] | undefined): string {
  const hashes = writeClaimed(claimedDomains ?? []);
  const text = claimedDomains ? `const CLAIMED_DOMAINS = \`\n${hashes}\`;\n${code}` : code;
  const size = Buffer.byteLength(text);
  if (size <= sizeLimit) return text;
  const held = hashes.length / bytesPerDomain;
  const room = Math.floor((sizeLimit - size) / bytesPerDomain) + held;
  const cause = room > 0 ? ` with ${held} claimed domains, of which ${room} fit` : "";
  throw new Error(`Action ${name} is ${size} bytes${cause}; allowed: ${sizeLimit}`);
}
