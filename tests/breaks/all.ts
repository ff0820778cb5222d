import type { Break } from "./break.ts";
import { loginBreaks } from "./login.breaks.ts";
import { serverBreaks } from "./server.breaks.ts";

export const breaks: readonly Break[] = [...loginBreaks, ...serverBreaks];
