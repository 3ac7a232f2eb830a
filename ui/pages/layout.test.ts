// Where things stand, in a real browser: what only laying out can get wrong.

import type { Locator, Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, drawn, type Look, openPage } from "./open";
import { places } from "./places";

afterAll(closeBrowser);

/** Opens one of the places. */
async function at(name: string, look: Partial<Look> = {}): Promise<Page> {
  const place = places.find((one) => one.name === name);
  if (!place) throw new Error(`no place ${name}`);
  const page = await openPage(place.query ?? "", { lang: "ko", theme: "light", ...look });
  await place.steps?.(page);
  await drawn(page);
  return page;
}

async function box(of: Locator) {
  const found = await of.boundingBox();
  if (!found) throw new Error("it is not shown");
  return found;
}

test("what an answer is compared with stays under the pointer when it is chosen", async () => {
  const page = await at("compare");
  const choice = page.locator(".bar .seg");
  const before = await box(choice);
  await choice.locator("label").nth(1).click();
  await page.getByTestId("history-diff").waitFor();
  await drawn(page);
  // The chosen word is a little wider in its weight.
  const after = await box(choice);
  expect(Math.abs(after.x - before.x)).toBeLessThan(2);
  expect(after.y).toBe(before.y);
  await page.context().close();
});

test("the first difference of two long texts is in view", async () => {
  const page = await at("source-conflict");
  const texts = await box(page.locator(".merge"));
  const first = await box(page.locator(".merge ins").first());
  expect(first.y).toBeGreaterThan(texts.y);
  expect(first.y + first.height).toBeLessThan(texts.y + texts.height);
  await page.context().close();
});

test("what is found and what replaces it stand one under the other, equally wide", async () => {
  const page = await at("find-replace", { width: 960 });
  const [found, put] = [
    await box(page.getByTestId("find-input")),
    await box(page.getByTestId("replace-input")),
  ];
  expect([put.x, put.width]).toEqual([found.x, found.width]);
  await page.context().close();
});

test.each(["ko", "en"] as const)("no filter and no count of one is cut off, %s", async (lang) => {
  const page = await at("today", { lang, width: 960, height: 600 });
  const cut = await page
    .locator(".filters__row, .nav button")
    .evaluateAll((rows) => rows.filter((row) => row.scrollWidth > row.clientWidth).length);
  expect(cut).toBe(0);
  await page.context().close();
});
