import { join } from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { localFolder } from "../../local/engine/folder.ts";
import { sizes } from "./open.ts";

/** What axe finds that keeps people from using a page: https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md */
export interface Barrier {
  readonly rule: string;
  readonly impact: string;
  /** The elements, by selector. */
  readonly at: readonly string[];
}

/**
 * Looks at a page on a phone and on a desktop: keeps a picture of each at `.local/screenshots/<name>-<phone|desktop>.png`.
 * @returns what keeps people from using it: serious and critical findings of axe, and a page wider than its screen
 */
export async function look(page: Page, name: string): Promise<Barrier[]> {
  const found: Barrier[] = [];
  const before = page.viewportSize();
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: join(localFolder().folder, "screenshots", `${name}-${size}.png`) });
    const width = await page.evaluate<number>("document.documentElement.scrollWidth");
    if (width > viewport.width) found.push({ rule: `fits a ${size}`, impact: "serious", at: [`${width} pixels`] });
    found.push(...(await barriers(page)));
  }
  if (before) await page.setViewportSize(before);
  return found;
}

async function barriers(page: Page): Promise<Barrier[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, impact, nodes }) => ({
      rule: id,
      impact: String(impact),
      at: nodes.map(({ target }) => target.join(" ")),
    }));
}
