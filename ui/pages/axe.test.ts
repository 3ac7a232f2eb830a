// No page has anything axe finds fault with: in both languages, both themes and high contrast.

import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, drawn, openPage } from "./open";
import { places } from "./places";

afterAll(closeBrowser);

/** What axe finds by these rules, or by all, a line each. */
async function found(page: Page, rules: string[] | null): Promise<string[]> {
  await drawn(page);
  return page.evaluate(async (only) => {
    const { axe: judge } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await judge.run(document, {
      ...(only ? { runOnly: { type: "rule", values: only } } : {}),
      resultTypes: ["violations"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html, failureSummary = "" }) => {
        const why = failureSummary.split("\n").slice(1, 3).join(" ").trim();
        return `${id} · ${target.join(" ")} · ${html.slice(0, 160)} · ${why}`;
      }),
    );
  }, rules);
}

for (const { name, query = "", steps, width = 1280 } of places) {
  test.each(["ko", "en"] as const)(`${name}, %s`, async (lang) => {
    const page = await openPage(query, { lang, theme: "light", width });
    await steps?.(page);
    await page.evaluate(axe.source);
    const all: string[] = [];
    const look = async (theme: string, contrast: string, rules: string[] | null) => {
      await page.evaluate((set) => Object.assign(document.documentElement.dataset, set), {
        theme,
        contrast,
      });
      const named = `${theme}${contrast === "more" ? ", high contrast" : ""}`;
      all.push(...(await found(page, rules)).map((one) => `${named} · ${one}`));
    };
    await look("light", "normal", null);
    // The theme changes colours and nothing else.
    await look("dark", "normal", ["color-contrast"]);
    // High contrast promises 7:1.
    if (lang === "ko") {
      await look("light", "more", ["color-contrast-enhanced"]);
      await look("dark", "more", ["color-contrast-enhanced"]);
    }
    await page.context().close();
    expect(all).toEqual([]);
  });
}
