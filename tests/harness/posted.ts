import type { Browser, Rest } from "../../local/player/browser.ts";

/** Posts fields as a form on a page of another site does. @param from that page */
export function postFrom(
  browser: Browser,
  from: URL,
  action: URL,
  fields: Readonly<Record<string, string>>,
): Promise<Rest> {
  const page = {
    url: from,
    status: 200,
    title: "",
    complaint: undefined,
    forms: [],
    links: [],
    codes: [],
    items: [],
    facts: [],
  };
  return browser.submit(page, { action, method: "POST", fields: new Map(Object.entries(fields)), buttons: [] }, {});
}
