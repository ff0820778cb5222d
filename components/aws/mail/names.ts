import type { Place } from "../place.ts";

/** What the mail's things are called, so that policies can name them. */
export function mailNames({ prefix }: Pick<Place, "prefix">) {
  return { configurationSet: `${prefix}-mail`, user: `${prefix}-mail`, userPath: `/${prefix}/` } as const;
}

/** What the mail's records are called; `*` for a token of SES stands for each. */
export function mailRecords(domain: string) {
  return {
    dkim: (token: string) => `${token}._domainkey.${domain}`,
    returnPath: `bounce.${domain}`,
    dmarc: `_dmarc.${domain}`,
  } as const;
}
