// Files that are dragged onto the window from a file manager, in a real browser: what the engine
// makes of them by itself must never be seen.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeBrowser, drawn, openPage } from "./open";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dapanji-drops-"));
  for (const name of ["하나.png", "둘.jpg", "셋.txt"]) await writeFile(at(name), name);
});
afterAll(async () => {
  await closeBrowser();
  await rm(folder, { recursive: true, force: true });
});

/** Drags files to the place of `target` and lets them go. */
async function drop(page: Page, target: Locator, names: string[]): Promise<void> {
  await drawn(page);
  const box = await target.boundingBox();
  if (!box) throw new Error("nothing is shown there");
  const engine = await page.context().newCDPSession(page);
  const files = names.map(at);
  const data = { items: [], files, dragOperationsMask: 1 };
  const place = { x: box.x + 1, y: box.y + box.height / 2, data };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await engine.send("Input.dispatchDragEvent", { type, ...place });
  }
}

const open = async (query = "entry=e1") => {
  const page = await openPage(query, { lang: "ko", theme: "light" });
  await page.getByTestId("editor").waitFor();
  return page;
};
const toasts = (page: Page) => page.getByTestId("toast").allTextContents();
const says = (page: Page, words: string) =>
  expect.poll(async () => (await toasts(page)).join("\n")).toContain(words);

test("pictures go into the line they are dropped on, in their order", async () => {
  const page = await open();
  const list = page.locator(".cm-line", { hasText: "횟수는 세 번" });
  await drop(page, list, ["하나.png", "셋.txt", "둘.jpg"]);
  await expect
    .poll(() => list.textContent())
    .toMatch(/^!\[\]\(assets\/1\.png\)!\[\]\(assets\/2\.png\)- 횟수/);
  await says(page, "‘셋.txt’는 넣지 않았습니다");
  await page.getByTestId("save-state").getByText("저장됨").waitFor();
  await page.context().close();
});

test("a picture is dropped into the source of a post and into a model answer", async () => {
  const page = await open();
  await page.keyboard.press("Control+Shift+a");
  const model = page.getByTestId("edit-model-field").locator(".cm-line").first();
  await model.waitFor();
  await drop(page, model, ["하나.png"]);
  await expect.poll(() => model.textContent()).toContain("![](assets/1.png)");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Shift+s");
  await page.getByTestId("source-editor").waitFor();
  await page.keyboard.press("Control+Home");
  const title = page.getByTestId("source-editor").locator(".cm-line", { hasText: "title:" });
  await drop(page, title, ["둘.jpg"]);
  await expect.poll(() => title.textContent()).toContain("![](assets/2.png)");
  await page.context().close();
});

test("what is dropped beside a text, or is no picture, leaves the window as it is", async () => {
  const page = await open();
  const before = await page.getByTestId("editor").textContent();
  const address = page.url();
  await drop(page, page.locator(".side"), ["하나.png"]);
  await says(page, "그림은 답안이나 모범 답안");
  await drop(page, page.locator(".cm-line").first(), ["셋.txt"]);
  await says(page, "‘셋.txt’는 넣지 않았습니다");
  expect(await page.getByTestId("editor").textContent()).toBe(before);
  expect(page.url()).toBe(address);
  await page.context().close();
});

test("a text that is only read takes no picture", async () => {
  const page = await open("entry=e150");
  const before = await page.getByTestId("editor").textContent();
  await drop(page, page.locator(".cm-line").first(), ["하나.png"]);
  await says(page, "그림은 답안이나 모범 답안");
  expect(await page.getByTestId("editor").textContent()).toBe(before);
  await page.context().close();
});
