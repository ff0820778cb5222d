import type { Hands } from "./hands.ts";
import type { Claims, Outcome } from "./scenario.ts";

/** What was expected and what came, ready to be compared: ids for names, and without what the case leaves open. */
export async function judged(expected: Outcome, came: Outcome, hands: Hands): Promise<[Outcome, Outcome]> {
  return [JSON.parse(await hands.filled(JSON.stringify(expected))), leftOpen(expected, came)];
}

function leftOpen(expected: Outcome, came: Outcome): Outcome {
  if ("admitted" in expected && "admitted" in came)
    return { ...came, admitted: unsaid(expected.admitted, came.admitted) };
  if ("tokens" in expected && "tokens" in came) return { tokens: unsaid(expected.tokens, came.tokens) };
  return came;
}

function unsaid({ may }: Claims, came: Claims): Claims {
  return may === "unsaid" ? { ...came, may } : came;
}
