import { inject } from "vitest";
import { administrator, type ClientSettings, clientSettings } from "./clients.ts";

/** An account at moto. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly endpoint: string;
  /** Its administrator's: `new S3Client(account("111111111111").settings)`. */
  readonly settings: ClientSettings;
  /** The same for somebody else: a user's access key, or what `AssumeRole` gave. */
  as(credentials: ClientSettings["credentials"]): ClientSettings;
}

/**
 * An account of the stage's moto. Each test file takes one of its own: nothing of another file is in it.
 * @param id twelve digits
 * @param endpoint that of a moto of the test's own; the stage's by default
 */
export function account(id: string, region = "eu-central-1", endpoint: string = inject("moto")): Account {
  return {
    id,
    region,
    endpoint,
    settings: administrator(endpoint, region, id),
    as: (credentials) => clientSettings(endpoint, region, credentials),
  };
}
