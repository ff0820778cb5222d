/**
 * Whether a text has the looks of a key or a generated secret, wherever it stands: a block of PEM; capitals, small letters and
 * digits in one piece of 16 characters, or of 40 in base64; 24 letters and digits. Nobody reads a name or a domain of that kind.
 */
export function looksSecret(input: unknown): boolean {
  if (typeof input !== "string") return false;
  if (input.includes("-----BEGIN ") || /(?=[a-z]*\d)[a-z\d]{24}/i.test(input)) return true;
  const pieces = [/[\w.~+=-]{16,}/g, /[A-Za-z\d+/]{40,}/g].flatMap((kind) => input.match(kind) ?? []);
  return pieces.some((piece) => /[A-Z]/.test(piece) && /[a-z]/.test(piece) && /\d/.test(piece));
}
