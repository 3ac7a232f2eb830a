// Exporting from the real window: pages are seen as they will be, then they are in the file.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as desktop from "./support/desktop.mjs";
import { inkOn, settled } from "./support/pages.mjs";
import { Key, scenario } from "./support/window.mjs";

const WRITTEN = "힙과 우선순위 큐";

const bare = (text) => text.replace(/\s+/g, "");

/** What stands at the foot: `5문제, 7쪽`, as soon as the pages are counted. */
function amount(window) {
  return window.until("the number of pages", async () => {
    const [foot] = await window.all("export-amount");
    const found = /^([\d,]+)문제, ([\d,]+)쪽$/.exec(foot ? await window.text(foot) : "");
    return found && { entries: Number(found[1]), pages: Number(found[2]) };
  });
}

/** Changes a choice of the form as a click on its label does. */
async function choose(window, id) {
  await window.driver.executeScript("arguments[0].click()", (await window.all(id))[0]);
}

async function fill(window, label, text) {
  await window.driver.executeScript(
    `const field = [...document.querySelectorAll(".lbl")].find((one) => one.textContent.trim() === arguments[0]).querySelector("input");
    field.value = arguments[1];
    field.dispatchEvent(new Event("input", { bubbles: true }));`,
    label,
    text,
  );
}

scenario("pages of a range are seen as they will be, and are in the file", async (window) => {
  const out = join(window.work, "range.pdf");
  await window.openTopic(WRITTEN);
  await window.shortcut("e", Key.CONTROL);
  await window.find("export-dialog");
  await settled(window);
  assert.equal((await amount(window)).entries, 1, "the open question is chosen");

  await choose(window, "export-scope-range");
  await fill(window, "부터", "2025. 5. 20.");
  await fill(window, "까지", "2025-05-21");
  await window.until("the questions of two days", async () => (await amount(window)).entries === 5);
  const usual = await amount(window);
  assert.ok((await inkOn(window, 0)).dark > 500, "the cover has words");
  assert.ok((await inkOn(window, 0)).width >= 480, "a page can be read");

  await choose(window, "export-cover");
  await window.until("a page less", async () => (await amount(window)).pages === usual.pages - 1);
  await choose(window, "export-layout-side");
  await choose(window, "export-contents");
  await settled(window);
  const { pages } = await amount(window);
  assert.ok(pages < usual.pages, `${pages} pages without cover and contents`);

  // By keys to the last page, whose name tells what begins there.
  const list = await window.find("export-thumbs");
  await window.driver.executeScript("arguments[0].focus()", list);
  await window.keys(Key.END);
  const last = await window.until("the last page", async () => {
    const [option] = await window.all("export-thumbs", ' [aria-selected="true"]');
    const label = option && (await option.getAttribute("aria-label"));
    return label?.startsWith(`${pages}쪽 가운데 ${pages}쪽`) && label;
  });
  assert.ok((await inkOn(window, pages - 1)).dark > 100, last);
  const names = await window.driver.executeScript(
    `return [...document.querySelectorAll('[data-testid="export-paper"] [role="img"]')].map((page) => page.getAttribute("aria-label")).join(" ")`,
  );
  const day = window.notebook.read("second").split(/^# /m).slice(3, 5).join("");
  const questions = [...day.matchAll(/^## (.+?)\s*$/gm)].map((match) => bare(match[1]));
  assert.equal(questions.length, 5);
  for (const question of questions) assert.ok(bare(names).includes(question), question);

  await window.shortcut(Key.ENTER, Key.CONTROL);
  await desktop.activate(await window.dialog());
  await desktop.press("ctrl+a");
  await desktop.type(out, 15);
  await desktop.press("Return");
  const result = await window.text(await window.find("export-result"));
  assert.ok(existsSync(out));
  assert.ok(result.includes(`5문제, ${pages}쪽`), result);
  const info = await desktop.output("pdfinfo", out);
  assert.match(info, new RegExp(`^Pages: +${pages}$`, "m"));
  const text = bare(await desktop.output("pdftotext", out, "-"));
  for (const question of questions) assert.ok(text.includes(question), question);
  assert.ok(!text.includes("상위100명"), "no other day is in it");

  // How it was printed is there the next time.
  const kept = readFileSync(join(window.home, "config", "settings.json"), "utf8");
  assert.equal(JSON.parse(kept).settings.print.columns, "two");
  await window.keys(Key.ESCAPE);
  await window.gone("export-dialog");
  await window.shortcut("e", Key.CONTROL);
  await window.find("export-dialog");
  const side = (await window.all("export-layout-side", ":checked")).length;
  assert.equal(side, 1, "side by side is remembered");
});
