const mask = "[masked]";

/** Shorter values, as "on", are words of any text. */
const shortest = 4;

/** What a secret looks like as it is, and inside quotes. */
function forms(value: string): string[] {
  return [value, JSON.stringify(value).slice(1, -1)].filter((form) => form.length >= shortest);
}

/** A text without the values of an Action's secrets and without tokens. */
export function concealed(text: string, secrets: { readonly [name: string]: string }): string {
  const longestFirst = Object.values(secrets)
    .flatMap(forms)
    .toSorted((one, other) => other.length - one.length);
  return longestFirst
    .reduce((left, secret) => left.replaceAll(secret, mask), text)
    .replaceAll(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, mask);
}
