import { isBody, type Json } from "./management/json.ts";

/** Fields that hold a secret wherever they stand; `value` does so inside `secrets` only. */
const secretFields = [
  ...["client_secret", "signing_secret", "password", "secret", "app_secret", "client_assertion", "pem", "private_key"],
  ...["privatekey", "signing_key", "signingkey", "decryptionkey", "storageaccesskey", "saskey", "masterkey"],
  ...["access_token", "refresh_token", "id_token", "token", "apikey", "api_key", "twilio_token", "auth_token"],
  ...["httpauthorization", "datadogapikey", "splunktoken", "configuration"],
];

const mask = "[masked]";

/** Requests kept; older ones are forgotten. */
const most = 10_000;

/** One answered request. */
export interface LoggedRequest {
  /** 1, 2, 3, … since the tenant started. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly query: { readonly [name: string]: string };
  readonly status: number;
  /** The JSON body that came, secrets masked; null where there was none. */
  readonly body: Json;
}

/** The last 10,000 requests, in memory. */
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];
  #last = 0;

  add(request: Omit<LoggedRequest, "seq" | "body">, body: Json): void {
    this.#last += 1;
    this.#requests.push({ seq: this.#last, ...request, body: masked(body) });
    if (this.#requests.length > most) this.#requests.shift();
  }

  /** Oldest first, only those after a sequence number. */
  since(seq: number): readonly LoggedRequest[] {
    return this.#requests.filter((request) => request.seq > seq);
  }
}

/** A copy with every secret value replaced: all that a secret field holds, whatever its shape. */
export function masked(value: Json, insideSecrets = false): Json {
  if (Array.isArray(value)) return value.map((item) => masked(item, insideSecrets));
  if (!isBody(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]): [string, Json] => {
      const field = name.toLowerCase();
      const secret = secretFields.includes(field) || (insideSecrets && field === "value");
      return [name, secret && held !== null ? blanked(held) : masked(held, insideSecrets || field === "secrets")];
    }),
  );
}

function blanked(value: Json): Json {
  if (!isBody(value)) return mask;
  return Object.fromEntries(Object.keys(value).map((key) => [key, mask]));
}
