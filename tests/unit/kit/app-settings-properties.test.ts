import fc from "fast-check";
import { expect, test } from "vitest";
import { appSettings } from "../../../kit/app-settings.ts";
import { path, SettingsAtAws } from "./app-settings-at-aws.ts";
import { directory } from "./known.ts";

const maxAgeSeconds = 60;
const staleAfterSeconds = 600;

/** What happens to a back end and to AWS, one after the other. */
const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ ask: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 400 }) }) },
  { weight: 2, arbitrary: fc.constant({ write: true }) },
  { weight: 1, arbitrary: fc.record({ answers: fc.boolean() }) },
);

test("what a back end is told was true not long ago, and is refused only while AWS does not answer", async () => {
  const told = { values: 0, refusals: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 20, maxLength: 60 }), async (events) => {
      const aws = new SettingsAtAws(directory);
      const settings = appSettings({
        path,
        parameters: (below, signal) => aws.parameters(below, signal),
        object: (version, signal) => aws.object(version, signal),
        maxAgeSeconds,
        staleAfterSeconds,
        now: () => clock,
      });
      let clock = 0;
      let answers = true;
      let version = 0;
      /** Until when each version was the newest. */
      const until: number[] = [];
      /** Since when AWS has answered without a break. */
      let answersSince = 0;
      aws.before = () => {
        if (!answers) throw new Error("no answer");
      };
      for (const one of events) {
        if ("pass" in one) clock += one.pass;
        if ("write" in one) {
          until[version] = clock;
          version += 1;
          aws.set("claim-namespace", `https://claims.example/${version}/`);
          aws.write(JSON.stringify({ ...directory, version }));
        }
        if ("answers" in one) {
          if (one.answers && !answers) answersSince = clock;
          answers = one.answers;
        }
        if (!("ask" in one)) continue;
        for (const got of await Promise.allSettled(Array.from({ length: one.ask }, settings))) {
          if (got.status === "rejected") {
            told.refusals += 1;
            expect(answers).toBe(false);
            continue;
          }
          told.values += 1;
          const its = Number((got.value.directory as { version?: number }).version ?? 0);
          const namespace = its === 0 ? "https://claims.example/" : `https://claims.example/${its}/`;
          expect(got.value.claimNamespace).toBe(namespace);
          const outdated = clock - (until[its] ?? clock);
          expect(outdated).toBeLessThanOrEqual(staleAfterSeconds);
          if (clock - answersSince > maxAgeSeconds && answers) expect(outdated).toBeLessThanOrEqual(maxAgeSeconds);
        }
      }
      const came = aws.asked.filter((request) => request.startsWith("object"));
      expect(came).toEqual([...new Set(came)]); // no version twice: what was read of the same pointer is kept
    }),
    { numRuns: 300 },
  );
  expect(told.values).toBeGreaterThan(1000);
  expect(told.refusals).toBeGreaterThan(100);
});
