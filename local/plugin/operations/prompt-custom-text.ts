import type { Json, JsonObject } from "../management.ts";
import { type Dict, text } from "../value.ts";
import { jsonText } from "./mapping.ts";
import { encodePath, type Operation, orGone, type Read, type Step } from "./operation.ts";
import { pairId, pairState } from "./pair-id.ts";

const INDENT = 4;

const path = ({ prompt, language }: Dict): string =>
  `prompts/${encodePath(text(prompt))}/custom-text/${encodePath(text(language))}`;

async function read({ api, planned }: Step): Promise<Read> {
  const answer = await orGone(api.object("GET", path(planned)));
  return answer && { body: jsonText(answer, INDENT) };
}

/**
 * Replaces the texts of one prompt in one language; those of a prompt or language written before stay. An empty body
 * writes nothing at all, as with the provider.
 */
async function write(step: Step): Promise<Read> {
  const body = text(step.planned.body);
  if (body === "") return {};
  const texts = JSON.parse(body) as Json;
  if (typeof texts !== "object" || Array.isArray(texts))
    throw new Error("body must be a JSON object of texts by screen");
  await step.api.send("PUT", path(step.planned), texts);
  return read(step);
}

/** https://auth0.com/docs/api/management/v2/prompts/put-custom-text-by-language */
export const promptCustomText: Operation = {
  importState: (id) => pairState(id, ["prompt", "language"]),
  read,
  create(step) {
    step.created(pairId(text(step.planned.prompt), text(step.planned.language)));
    return write(step);
  },
  update: write,
  async delete(step) {
    const none: JsonObject = {};
    await step.api.send("PUT", path(step.planned), none);
    await read(step);
  },
};
