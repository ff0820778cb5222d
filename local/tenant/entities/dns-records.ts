import { choice, list, record, text } from "../management/fields.ts";
import { type Body, textAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";

const family = "dns-records";

/** What `PUT /.local/dns` takes: the records that are set, all of them. */
export const recordsSchema = list(
  record(
    { name: text({ min: 1 }), type: choice(["CNAME", "TXT"]), value: text({ min: 1 }) },
    { required: ["name", "type", "value"] },
  ),
);

/** Replaces what is known of the DNS. */
export function tellRecords({ store }: Objects, records: readonly Body[]): void {
  store.transaction(() => {
    for (const known of store.select({ family })) store.remove(known);
    for (const [n, body] of records.entries()) store.insert(family, "", String(n), body, []);
  });
}

export function toldRecords({ store }: Objects): Body[] {
  return store.select({ family }).map(({ body }) => body);
}

/** Names know no capitals, and may end with the root's dot; a text is often written with its quotes. */
const bare = (name = ""): string => name.toLowerCase().replace(/\.$/, "");
const spelt = { CNAME: bare, TXT: (value = "") => value.replace(/^"(.*)"$/, "$1") };

/** Whether the record that a domain's verification asks for is set. @param method `{name: "CNAME", domain, record}` */
export function isSet(objects: Objects, method: Body): boolean {
  const type = textAt(method, "name") === "TXT" ? "TXT" : "CNAME";
  return toldRecords(objects).some(
    (told) =>
      told.type === type &&
      bare(textAt(told, "name")) === bare(textAt(method, "domain")) &&
      spelt[type](textAt(told, "value")) === spelt[type](textAt(method, "record")),
  );
}
