import { Document } from "yaml";
import { editorLine } from "../../stacks/schema/json-schema.ts";

/** The file of a new entry, with the line that editors know its format by. "off" in quotes, also for readers of YAML that is older than 1.2. */
export function written(entry: object): string {
  return `${editorLine}\n${new Document(entry, { compat: "yaml-1.1" }).toString({ lineWidth: 0 })}`;
}
