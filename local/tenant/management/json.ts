/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A JSON object, as the Management API takes and answers them. */
export type Body = { [key: string]: Json };

/** True for a JSON object, false for null, arrays and scalars. */
export function isBody(value: Json | undefined): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under `key`, or an empty one. */
export function bodyAt(body: Body, key: string): Body {
  const value = body[key];
  return isBody(value) ? value : {};
}

/** The text under `key`, or undefined where there is none. */
export function textAt(body: Body, key: string): string | undefined {
  const value = body[key];
  return typeof value === "string" ? value : undefined;
}

/** The list under `key`, or an empty one. */
export function listAt(body: Body, key: string): Json[] {
  const value = body[key];
  return Array.isArray(value) ? value : [];
}

/** The objects of the list under `key`. */
export function bodiesAt(body: Body, key: string): Body[] {
  return listAt(body, key).filter(isBody);
}

/** The texts of the list under `key`. */
export function textsAt(body: Body, key: string): string[] {
  return listAt(body, key).filter((item) => typeof item === "string");
}

/** A copy that holds only `keys`. */
export function pick(body: Body, keys: readonly string[]): Body {
  return Object.fromEntries(Object.entries(body).filter(([key]) => keys.includes(key)));
}

/** A copy without `keys`. */
export function omit(body: Body, keys: readonly string[]): Body {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)));
}

/** A copy without half characters, which no file and no URL can hold: the sign for an unknown one stands for each. */
export function wellFormed(value: Json): Json {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (!isBody(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key.toWellFormed(), wellFormed(held)]));
}

/** True where more than `limit` objects and lists lie in one another. */
export function isDeeperThan(limit: number, value: Json): boolean {
  // level by level and not by recursion, which would run out of stack on what this is to refuse
  let level = [value];
  for (let depth = 0; depth <= limit; depth++) {
    const containers = level.filter((item) => typeof item === "object" && item !== null);
    if (containers.length === 0) return false;
    level = containers.flatMap((item) => Object.values(item));
  }
  return true;
}
