import type { Json } from "../management/json.ts";
import type { CacheRecord } from "./cache.ts";

/** One deployed Action, as it runs. */
export interface DeployedAction {
  readonly id: string;
  readonly name: string;
  /** The version that is deployed: 1, 2, 3, … */
  readonly number: number;
  readonly code: string;
  readonly secrets: { readonly [name: string]: string };
}

/** Claims by name; values as JSON. */
export type Claims = { [name: string]: Json };

/** What the Actions of a trigger asked for. Triggers have more or less of it: each one's file says what its `api` offers. */
export interface Effects {
  /** With it nothing else of the effects counts but the metadata. `message` is for the person, where the reason is not. */
  denied?: { readonly code: string; readonly reason: string; readonly message?: string };
  /** Asked for by one Action; those after it run once it is passed. */
  secondFactor?: SecondFactor;
  accessToken: Claims;
  idToken: Claims;
  readonly scopes: { readonly added: string[]; readonly removed: string[] };
  /** By key; null removes it. */
  readonly appMetadata: Claims;
  readonly userMetadata: Claims;
}

export interface SecondFactor {
  readonly kind: "challenge" | "enroll";
  /** Any of them will do. */
  readonly factors: readonly string[];
}

export function noEffects(): Effects {
  return {
    accessToken: {},
    idToken: {},
    scopes: { added: [], removed: [] },
    appMetadata: {},
    userMetadata: {},
  };
}

/** One run of all Actions of a trigger, as it is handed to the worker. */
export interface Job {
  readonly trigger: TriggerName;
  readonly actions: readonly DeployedAction[];
  /** What Actions before these asked for. */
  readonly before: Effects;
  /** Without `secrets`, which each Action has of its own. */
  readonly event: Json;
  readonly cache: readonly (readonly [key: string, record: CacheRecord])[];
}

/** Triggers whose Actions run here. */
export type TriggerName =
  | "credentials-exchange"
  | "post-login"
  | "pre-user-registration"
  | "password-reset-post-challenge";

/** What the worker tells while it runs a job. `index` is the Action's place among those of the trigger. */
export type WorkerMessage =
  | { readonly kind: "started"; readonly index: number }
  | { readonly kind: "said"; readonly index: number; readonly text: string }
  | { readonly kind: "threw"; readonly index: number; readonly error: string }
  | {
      readonly kind: "fetch";
      readonly id: number;
      readonly url: string;
      readonly method: string;
      readonly headers: [string, string][];
      readonly body: ArrayBuffer | null;
    }
  | {
      readonly kind: "done";
      readonly effects: Effects;
      readonly cache: readonly (readonly [key: string, record: CacheRecord])[];
    };

/** The answer to a `fetch` of the worker. */
export type FetchAnswer =
  | { readonly id: number; readonly refused: string }
  | {
      readonly id: number;
      readonly status: number;
      readonly headers: [string, string][];
      readonly body: ArrayBuffer;
    };
