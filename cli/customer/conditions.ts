import { type OrganizationType, organizationTypes } from "../../access/words.ts";
import { conditions } from "../../stacks/catalog.ts";
import { plain } from "../../stacks/schema/strict.ts";
import type { Answers } from "./asked.ts";

function isType(type: string): type is OrganizationType {
  return organizationTypes.some((known) => known === type);
}

/**
 * Each condition of the type.
 * @param given as `name=value`
 * @param otherwise what is taken where nothing is given. @default nothing: it is asked for
 */
export async function conditionsOf(
  answers: Answers,
  type: string,
  given: readonly string[],
  otherwise: (name: string) => string | undefined = () => undefined,
): Promise<Record<string, string>> {
  if (!isType(type)) return {};
  const known: Readonly<Record<string, readonly string[]>> = conditions[type];
  const pairs = new Map(given.map((one) => [one.split("=")[0] ?? "", one.split("=").slice(1).join("=")]));
  const found: Record<string, string> = {};
  for (const [name, words] of Object.entries(known)) {
    found[name] = await answers.read({
      flag: `--condition ${name}=…`,
      what: name,
      given: pairs.get(name) ?? otherwise(name),
      among: words.map((value) => ({ value, label: value })),
    });
    pairs.delete(name);
  }
  for (const name of pairs.keys())
    answers.fault(
      `--condition ${plain(name)}=…`,
      `no condition of a ${type}; allowed: ${Object.keys(known).join(", ")}`,
    );
  return found;
}
