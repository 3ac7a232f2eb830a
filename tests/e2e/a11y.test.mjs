// The real window's own engine: axe finds nothing on its pages, and keys the user chose stay chosen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Key, scenario } from "./support/window.mjs";

const axe = readFileSync(
  new URL("../../ui/node_modules/axe-core/axe.min.js", import.meta.url),
  "utf8",
);

/** Asserts that axe finds nothing on what is shown. */
async function clean(window, place) {
  await window.driver.executeScript(`${axe}; window.axe = axe;`);
  const found = await window.driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1];
    document.fonts.ready
      .then(() => window.axe.run(document, { resultTypes: ["violations"] }))
      .then(({ violations }) =>
        violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html.slice(0, 160))))
      .then(done, (error) => done([String(error)]));`);
  assert.deepEqual(found, [], place);
}

for (const [theme, language] of [
  ["light", "ko"],
  ["dark", "en"],
]) {
  scenario(
    `axe finds nothing in the real window, ${theme} and ${language}`,
    async (window) => {
      await window.find("today-entry");
      await clean(window, "today");
      await window.openTopic("힙과 우선순위 큐");
      await window.find("model-text");
      await clean(window, "entry");
      await window.shortcut(Key.ENTER, Key.CONTROL, Key.SHIFT);
      await window.find("compare-pairs");
      await clean(window, "compare");
      await window.keys(Key.ESCAPE);
      await window.find("editor");
      await window.shortcut("2", Key.CONTROL);
      await window.find("calendar");
      await clean(window, "calendar");
      for (const [key, id] of [
        ["f", "search-dialog"],
        ["k", "palette-dialog"],
        ["n", "add-dialog"],
        ["e", "export-dialog"],
        [",", "settings"],
      ]) {
        await window.shortcut(key, Key.CONTROL, ...(key === "f" ? [Key.SHIFT] : []));
        await window.find(id);
        await clean(window, id);
        await window.keys(Key.ESCAPE);
        await window.gone(id);
      }
    },
    { settings: { theme, language } },
  );
}

scenario("a key the user chooses is kept and does its command", async (window) => {
  await window.find("today-entry");
  await window.shortcut(",", Key.CONTROL);
  await window.click("settings-keys");
  await window.click("key-palette");
  await window.shortcut("j", Key.CONTROL);
  await window.until("the key is stored", () => {
    const file = join(window.home, "config", "settings.json");
    return JSON.parse(readFileSync(file, "utf8")).settings.keys?.palette === "Mod-KeyJ";
  });
  await window.keys(Key.ESCAPE);
  await window.gone("settings");
  await window.shortcut("j", Key.CONTROL);
  await window.find("palette-dialog");
});
