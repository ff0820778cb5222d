import { inject } from "vitest";

/** What every client of AWS's SDK is made with: `new S3Client(account("111111111111").settings)`. */
interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Read by the client of S3 alone. */
  readonly forcePathStyle: true;
  /** A refusal is what a test asks about: no second try. */
  readonly maxAttempts: 1;
}

/** An account at moto, with its administrator's clients. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly settings: ClientSettings;
  /** The same for somebody else: a user's access key, or what `AssumeRole` gave. */
  as(credentials: ClientSettings["credentials"] & { readonly sessionToken?: string }): ClientSettings;
}

/**
 * An account of the stage's moto. Each test file takes one of its own: nothing of another file is in it.
 * @param id twelve digits
 * @param endpoint that of a moto of the test's own; the stage's by default
 */
export function account(id: string, region = "eu-central-1", endpoint: string = inject("moto")): Account {
  const settingsOf = (credentials: ClientSettings["credentials"]): ClientSettings => ({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
  });
  return {
    id,
    region,
    settings: settingsOf({ accessKeyId: id, secretAccessKey: "administrator" }),
    as: settingsOf,
  };
}
