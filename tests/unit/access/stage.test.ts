import { expect, test } from "vitest";
import { stageOf } from "../../../access/stage.ts";

const stages = ["lead", "owner"];

test.each([
  [
    "a person's stage counts where there is no organization",
    { stage: "lead" },
    undefined,
    { known: true, stage: "lead" },
  ],
  ["the organization's stage wins", { stage: "lead" }, { stage: "owner" }, { known: true, stage: "owner" }],
  ["an organization without a stage leaves the person's", { stage: "lead" }, {}, { known: true, stage: "lead" }],
  ["a stage outside the list is not known", { stage: "king" }, undefined, { known: false, found: "king" }],
  [
    "an organization's unknown stage hides the person's",
    { stage: "lead" },
    { stage: "x" },
    { known: false, found: "x" },
  ],
  ["no stage at all", {}, undefined, { known: false, found: undefined }],
  ["an organization's empty stage hides the person's", { stage: "lead" }, { stage: "" }, { known: false, found: "" }],
  ["a stage that is no text", { stage: ["lead"] }, undefined, { known: false, found: ["lead"] }],
])("%s", (_, person, organization, expected) => {
  expect(stageOf(stages, person, organization)).toEqual(expected);
});
