import { type Body, isBody } from "./json.ts";

/**
 * A PATCH as Auth0 applies it: a named field is replaced, null removes it. Objects named in `merged` are
 * merged by the same rule; "stage.pre-login" names one inside another.
 */
export function merge(before: Body, patch: Body, merged: readonly string[] = []): Body {
  const next: Body = { ...before };
  for (const [key, value] of Object.entries(patch)) {
    const had = before[key];
    if (value === null) delete next[key];
    else if (merged.includes(key) && isBody(value))
      next[key] = merge(isBody(had) ? had : {}, value, inside(key, merged));
    else next[key] = value;
  }
  return next;
}

function inside(key: string, merged: readonly string[]): string[] {
  return merged.filter((name) => name.startsWith(`${key}.`)).map((name) => name.slice(key.length + 1));
}
