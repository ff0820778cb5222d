/** The texts as which a secret may stand in a file, a log or on a terminal, by how they came about. */
export function formsOf(secret: string): Readonly<Record<string, string>> {
  const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
  const hex = Buffer.from(secret).toString("hex");
  return {
    plain: secret,
    escaped: escaped(secret),
    "escaped twice": escaped(escaped(secret)),
    "in a URL": encodeURIComponent(secret),
    "in a form": new URLSearchParams({ secret }).toString().slice("secret=".length),
    hex,
    "hex in capitals": hex.toUpperCase(),
    ...Object.fromEntries([0, 1, 2].map((offset) => [`base64 at ${offset}`, inBase64(secret, offset, "base64")])),
    ...Object.fromEntries([0, 1, 2].map((offset) => [`base64url at ${offset}`, inBase64(secret, offset, "base64url")])),
  };
}

/** What of a text in base64 depends on the secret alone, where so many bytes stand before it. */
function inBase64(secret: string, offset: number, encoding: "base64" | "base64url"): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const whole = bytes.toString(encoding).replace(/=+$/, "");
  return whole.slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

/** Where secrets stand, in whatever form: `name: place (form)`. An empty secret is an error: it stands everywhere. */
export function findSecrets(
  secrets: Readonly<Record<string, string>>,
  places: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    if (secret.length < 12) throw new Error(`${name} is too short to be told from other text`);
    const forms = Object.entries(formsOf(secret));
    return Object.entries(places).flatMap(([place, text]) => {
      const form = forms.find(([, written]) => text.includes(written))?.[0];
      return form === undefined ? [] : [`${name}: ${place} (${form})`];
    });
  });
}
