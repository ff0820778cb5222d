import type { Locator } from "playwright-core";
import type { PageName } from "../scenarios/scenario.ts";
import type { Examples } from "./example-apps.ts";
import type { Answers, Person } from "./person.ts";

/** How somebody fared in an example app. */
export interface Fared {
  /** `in for Acme`, `in as an individual`, a refusal's code or else its sentence, or the page that the person was stopped at with its complaint. */
  readonly ended: string;
  /** The tenant's and the providers' pages on the way. */
  readonly pages: readonly PageName[];
  /** How often the app asked the tenant for a login. */
  readonly asked: number;
}

/** Somebody opens an example app, says who they are, or nothing, and signs in. */
export async function visit(
  { at }: Examples,
  person: Person,
  app: string,
  { says = "", ...answers }: Answers & { readonly says?: string },
): Promise<Fared> {
  const { page } = person;
  let asked = 0;
  const count = (request: { url(): string }) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === "/authorize" && searchParams.has("client_id")) asked += 1;
  };
  page.on("request", count);
  await page.goto(at(app));
  await page.getByLabel("Work e-mail or company").fill(says);
  await person.press(page.getByRole("button", { name: "Sign in" }));
  const { pages, stopped } = await person.signIn(answers);
  const ended = stopped ? [stopped.name, stopped.complaint].filter(Boolean).join(": ") : await endOf(person);
  page.off("request", count);
  return { ended, pages, asked };
}

/** What an app's page says in the end. */
export async function endOf({ page }: Person): Promise<string> {
  const sentence = page.locator("#sentence");
  const company = fact(page.locator("#who"), "Company");
  await company.or(sentence).waitFor();
  if (await sentence.isVisible()) {
    const code = page.locator("#code");
    return (await code.isVisible()) ? code.innerText() : sentence.innerText();
  }
  const name = await company.innerText();
  return name.startsWith("none") ? "in as an individual" : `in for ${name}`;
}

/** What a list says of a term. */
export function fact(list: Locator, term: string): Locator {
  return list.locator(`dt:text-is("${term}") + dd`);
}
