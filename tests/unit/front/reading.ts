import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import type { TestTenant } from "../tenant/harness.ts";

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** @param told what came so far, each time that something comes; `leave` ends the request there */
export function get(
  tenant: TestTenant,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  told: (soFar: string, leave: () => void) => void = () => undefined,
): Promise<Got> {
  const ca = readFileSync(join(tenant.folder, "ca.pem"));
  const { port } = tenant.running;
  return new Promise((resolve, reject) => {
    request({ host: "localhost", port, path, headers, ca, agent: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
        told(text, () => answer.destroy(new Error("left")));
      });
      answer
        .on("error", reject)
        .on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    })
      .on("error", reject)
      .end();
  });
}

/** What a person reads of a page's main part, element by element. */
export function words(html: string): string[] {
  const [, main = ""] = /<main[^>]*>(.*)<\/main>/s.exec(html) ?? [];
  // the board takes away by a style what it says while it is played
  const over = main.includes("<style>.playing { display: none; }</style>");
  return (over ? main.replace(/<p class="note playing">.*?<\/p>|<style>.*?<\/style>/gs, "") : main)
    .split(/<\/?(?:h1|h2|h3|p|li|ul|div|section|dt|dd|tr|th|td)\b[^>]*>/)
    .map((part) =>
      part
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .filter((part) => part !== "");
}
