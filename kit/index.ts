// What the back end of an app or an API imports.
export type { Directory } from "../access/directory.ts";
export { type AppSettingsOptions, appSettings } from "./app-settings.ts";
export type { AppSettings, AppSettingsSource, ObjectVersion } from "./app-settings-source.ts";
export { readDirectory } from "./directory.ts";
export { type Guarded, type GuardOptions, guard } from "./guard.ts";
export { type Choice, individual, type LoginReason, type Resolution, type Visit } from "./resolution.ts";
export { resolve } from "./resolver.ts";
export { type RefusedLogin, type Retry, retryAfter } from "./retry.ts";
