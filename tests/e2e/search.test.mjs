// Search in the real window: with a real input method, and from a hit to its place in the entry.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import * as desktop from "./support/desktop.mjs";
import * as hangul from "./support/hangul.mjs";
import { By, Key, scenario } from "./support/window.mjs";

/** Opens the search with its key and returns its field. */
async function openSearch(window) {
  await window.find("day-list");
  await window.shortcut("f", Key.CONTROL, Key.SHIFT);
  return window.find("search-input");
}

const value = (field) => field.getProperty("value");

/** What is marked in the hits, in lower case and each once. */
async function marked(window) {
  const marks = await window.driver.findElements(By.css('[data-testid="search-hits"] mark'));
  const words = await Promise.all(marks.map((mark) => window.text(mark)));
  return [...new Set(words.map((word) => word.toLowerCase()))];
}

scenario("filters mirror the text, and values are completed", async (window) => {
  const field = await openSearch(window);
  await field.sendKeys("힙 is:d");
  const list = await window.find("search-completions");
  assert.match(await window.text(list), /draft/);
  await field.sendKeys(Key.TAB);
  await window.until("the value", async () => (await value(field)) === "힙 is:draft ");
  const chip = await window.find("search-chip");
  assert.match(await window.text(chip), /초안/);
  await (await window.find("search-chip-remove")).click();
  await window.until("the text without it", async () => (await value(field)) === "힙");
  await window.gone("search-chip");
  await window.click("search-filter-category");
  // A menu finds its place after it is there.
  await window.until("a category that takes a click", async () => {
    const [first] = await window.all("search-filter-choice");
    await first?.click();
    return first !== undefined;
  });
  await window.until("the filter in the text", async () => /category:/.test(await value(field)));
  await window.find("search-chip");
});

scenario("a reading of the query can be undone and asked for again", async (window) => {
  const field = await openSearch(window);
  await field.sendKeys("ㅁㄷㅅ");
  const reading = await window.find("search-reading");
  assert.match(await window.text(reading), /멱등성/);
  await (await window.find("search-undo")).click();
  const redo = await window.find("search-redo");
  await window.until("it is not read so any more", async () => {
    return (await window.all("search-reading")).length === 0;
  });
  await redo.click();
  await window.find("search-reading");
});

scenario("what is odd is shown at its place, and the hits stay", async (window) => {
  const field = await openSearch(window);
  await field.sendKeys("힙 is:없는값");
  const problems = await window.find("search-problems");
  assert.match(await window.text(problems), /없는값/);
  await window.until("hits", async () => (await window.all("search-hit")).length > 0);
  await field.sendKeys(Key.ESCAPE);
});

scenario("a hit opens at its place, and F3 goes through the entry", async (window) => {
  const field = await openSearch(window);
  await field.sendKeys("in:answer 힙");
  await window.until("a hit", async () => (await window.all("search-hit")).length > 0);
  await field.sendKeys(Key.ENTER);
  await window.gone("search-dialog");
  const count = await window.find("matches-count");
  const first = await window.until("a place", async () => {
    const text = await window.text(count);
    return /\d+번째/.test(text) && text;
  });
  await window.until("marks in the editor", async () => {
    const marks = await window.driver.findElements(By.css(".cm-editor .match-mark"));
    return marks.length > 1;
  });
  await window.driver.findElement(By.css(".cm-editor .match-mark.is-current"));
  await window.keys(Key.F3);
  await window.until("the next one", async () => (await window.text(count)) !== first);
  await window.keys("더 ");
  await window.until("the marks are still there", async () => {
    const marks = await window.driver.findElements(By.css(".cm-editor .match-mark"));
    return marks.length > 1;
  });
  await window.keys(Key.ESCAPE);
  await window.gone("matches");
});

scenario("a search is kept by name and asked again", async (window) => {
  const field = await openSearch(window);
  await field.sendKeys("is:draft");
  await window.until("hits", async () => (await window.all("search-hit")).length > 0);
  await window.shortcut("d", Key.CONTROL);
  const name = await window.find("search-save-name");
  await name.clear();
  await name.sendKeys("쓰다 만 답", Key.ENTER);
  await window.gone("search-save-name");
  await field.clear();
  await field.sendKeys(" ");
  const saved = await window.find("search-saved");
  assert.match(await window.text(saved), /쓰다 만 답/);
  await field.sendKeys(Key.ENTER);
  await window.until("its query", async () => (await value(field)) === "is:draft");
});

// At the end: from here on the keys of a driver would be Hangul, too.
describe("with an input method", () => {
  before(hangul.start);
  after(hangul.stop);

  scenario(
    "hits follow while a syllable is being composed, which is left alone",
    async (window) => {
      const before = window.notebook.read("second");
      const heap = "최소 힙(min heap)을 쓰겠습니다.";
      window.notebook.write("second", before.replace(heap, `${heap} 동시성을 지킵니다.`));
      const field = await openSearch(window);
      await desktop.activate(window.id);
      await window.point(field);
      // 동시 and the beginning of 성, which stays open.
      await desktop.type("ehdtltj");
      await window.until("the open syllable", async () => (await value(field)) === "동시서");
      await window.until("hits of what is written so far", async () =>
        (await marked(window)).some((word) => word.startsWith("동시")),
      );
      await desktop.type("d");
      await window.until("the word", async () => (await value(field)) === "동시성");
      await window.until("its hits", async () => (await marked(window)).includes("동시성"));
      // A key that moves the caret ends the composition, and changes nothing.
      await desktop.press("End");
      await window.until("the word is as it was", async () => (await value(field)) === "동시성");
      await desktop.press("Return");
      await window.gone("search-dialog");
      await window.until("the place is told", async () =>
        /\d번째/.test(await window.text(await window.find("matches-count"))),
      );
    },
    { env: hangul.env },
  );
});
