/** A page as a person sees it who has no script: its words, its forms and its links. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  /** The heading. */
  readonly title: string;
  /** What was wrong with the last answer. */
  readonly complaint: string | undefined;
  readonly forms: readonly Form[];
  readonly links: readonly Link[];
  /** What stands in `<code>`. */
  readonly codes: readonly string[];
  readonly items: readonly string[];
  /** Terms, and what is said of each. */
  readonly facts: readonly (readonly [term: string, said: string])[];
}

export interface Form {
  readonly action: URL;
  readonly method: "GET" | "POST";
  /** Name → the value that stands there; fields to fill in have what is suggested. */
  readonly fields: ReadonlyMap<string, string>;
  readonly buttons: readonly Button[];
}

interface Button {
  readonly name: string;
  readonly value: string;
  readonly label: string;
}

/** What a person presses: a button and the form that it sends. */
export interface Pressed {
  readonly form: Form;
  readonly button: Button;
}

/** Whether a button sends what the form asks for. */
export const isMain = ({ value }: Button): boolean => value === "default";

/** Whether a button is a way of its own. */
export const isChoice = (button: Button): boolean => !isMain(button) && button.value !== "edit";

interface Link {
  readonly to: URL;
  readonly label: string;
}

/** A form that sends itself in a browser with script has a button for one without. */
const sendsItself = "<script>document.forms[0].submit()</script>";

/** Reads the pages of this project's own servers: attributes in double quotes, no other script, no other control than input and button. */
export function pageFrom(url: URL, status: number, written: string): Page {
  const html = written.replace(sendsItself, "");
  if (/<script|<select|<textarea/i.test(html)) throw new Error(`${url.pathname} holds what these pages never hold`);
  const [complaint] = elements(html, "div").filter(({ attributes }) => attributes.get("class") === "complaint");
  const said = elements(html, "dd");
  return {
    url,
    status,
    title: words(elements(html, "h1")[0]?.inner ?? ""),
    complaint: complaint && words(complaint.inner),
    forms: elements(html, "form").map(({ attributes, inner }) => formOf(url, attributes, inner)),
    links: elements(html, "a").map(({ attributes, inner }) => ({
      to: new URL(attributes.get("href") ?? "", url),
      label: words(inner),
    })),
    codes: elements(html, "code").map(({ inner }) => words(inner)),
    items: elements(html, "li").map(({ inner }) => words(inner)),
    facts: elements(html, "dt").map(({ inner }, at) => [words(inner), words(said[at]?.inner ?? "")] as const),
  };
}

type Attributes = ReadonlyMap<string, string>;

function formOf(page: URL, attributes: Attributes, inner: string): Form {
  const method = (attributes.get("method") ?? "get").toUpperCase();
  if (method !== "GET" && method !== "POST") throw new Error(`a form with method ${method}`);
  const inputs = tags(inner, "input").filter((input) => input.has("name"));
  return {
    action: new URL(attributes.get("action") ?? page.href, page),
    method,
    fields: new Map(inputs.map((input) => [input.get("name") ?? "", input.get("value") ?? ""])),
    buttons: elements(inner, "button").map(({ attributes: own, inner: label }) => ({
      name: own.get("name") ?? "",
      value: own.get("value") ?? "",
      label: words(label),
    })),
  };
}

/** Elements that do not hold one of their own kind. */
function elements(html: string, name: string): { readonly attributes: Attributes; readonly inner: string }[] {
  const whole = new RegExp(`<${name}((?:\\s[^<>]*)?)>(.*?)</${name}>`, "gis");
  return [...html.matchAll(whole)].map(([, given = "", inner = ""]) => ({ attributes: attributesOf(given), inner }));
}

function tags(html: string, name: string): Attributes[] {
  return [...html.matchAll(new RegExp(`<${name}(\\s[^<>]*)>`, "gi"))].map(([, given = ""]) => attributesOf(given));
}

function attributesOf(given: string): Attributes {
  const all = given.matchAll(/\s([a-z-]+)(?:="([^"]*)")?/gi);
  return new Map([...all].map(([, name = "", value = ""]) => [name.toLowerCase(), decoded(value)]));
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function decoded(text: string): string {
  return text.replace(/&([a-z]+|#\d+);/g, (all, name: string) => {
    const known = entities[name];
    if (known === undefined) throw new Error(`unknown entity ${all}`);
    return known;
  });
}

function words(html: string): string {
  return decoded(html.replace(/<[^>]*>/g, " "))
    .replace(/\s+/g, " ")
    .trim();
}
