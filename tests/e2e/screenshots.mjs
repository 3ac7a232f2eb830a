// Takes pictures of the real window, to be looked at: `run.sh screenshots FOLDER`.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as desktop from "./support/desktop.mjs";
import * as few from "./support/few-watches.mjs";
import { settled } from "./support/pages.mjs";
import * as safety from "./support/safety-tour.mjs";
import { Key, Window } from "./support/window.mjs";

const [out, ...wanted] = process.argv.slice(2);

/** Shows one thing after another, and calls `picture` at each. */
async function tour(window, picture) {
  await window.find("today-entry");
  await picture("today");
  await window.openTopic("인덱스 원리와 함정");
  await picture("entry");
  await window.openTopic("힙과 우선순위 큐");
  await window.shortcut(".", Key.CONTROL);
  await picture("entry-written");
  await window.shortcut(Key.F2);
  await window.find("edit-question-field");
  await picture("edit-question");
  await window.keys(Key.ESCAPE);
  await window.shortcut("l", Key.CONTROL, Key.SHIFT);
  await picture("edit-about");
  await window.keys(Key.ESCAPE);
  await window.shortcut("a", Key.CONTROL, Key.SHIFT);
  await window.find("edit-model-field");
  await picture("edit-model");
  await window.keys(Key.ESCAPE);
  await window.shortcut("d", Key.CONTROL, Key.SHIFT);
  await window.find("move-date");
  await picture("move");
  await window.keys(Key.ESCAPE);
  await window.shortcut(Key.BACK_SPACE, Key.CONTROL, Key.SHIFT);
  await window.find("delete-dialog");
  await picture("delete");
  await window.keys(Key.ESCAPE);
  await window.gone("delete-dialog");
  await window.openTopic("재시도와 멱등성");
  await window.shortcut(Key.ENTER, Key.CONTROL, Key.SHIFT);
  await window.find("compare-pairs");
  await picture("compare");
  await window.click("compare-close");
  await window.find("editor");
  await window.shortcut("f", Key.CONTROL, Key.SHIFT);
  await picture("search-start");
  await (await window.find("search-input")).sendKeys("캐시 무효화");
  await window.find("search-hit");
  await picture("search");
  await window.keys(Key.ESCAPE);
  await window.gone("search-dialog");
  await window.shortcut("k", Key.CONTROL);
  await window.find("palette-input");
  await picture("palette");
  await window.keys(Key.ESCAPE);
  await window.gone("palette-dialog");
  await window.shortcut("n", Key.CONTROL);
  await window.find("add-dialog");
  await picture("add");
  await window.keys(Key.ESCAPE);
  await window.gone("add-dialog");
  await window.shortcut("e", Key.CONTROL);
  await window.find("export-dialog");
  await settled(window);
  await picture("export");
  await window.keys(Key.ESCAPE);
  await window.gone("export-dialog");
  await window.shortcut(",", Key.CONTROL);
  await window.find("settings");
  await picture("settings");
}

/** Waits until the page is drawn at its size with its fonts, and keeps its picture. */
async function take(window, name) {
  await window.driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1];
    document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));`);
  writeFileSync(join(out, `${name}.png`), await window.driver.takeScreenshot(), "base64");
  console.log(name);
}

async function resized(window, width, height) {
  await desktop.resize(window.id, width, height);
  await window.until(`${width}×${height}`, async () => {
    const size = await window.driver.executeScript("return [innerWidth, innerHeight]");
    return size[0] === width && size[1] === height;
  });
}

const runs = [
  { name: "light", size: [1280, 800], settings: { theme: "light" } },
  { name: "dark", size: [1280, 800], settings: { theme: "dark" } },
  { name: "small", size: [960, 600], settings: { theme: "light" } },
  { name: "large", size: [1920, 1200], settings: { theme: "light" } },
  { name: "english", size: [1280, 800], settings: { theme: "light", language: "en" } },
  { name: "narrow", size: [640, 800], settings: { theme: "light" } },
  { name: "narrow-dark-english", size: [640, 800], settings: { theme: "dark", language: "en" } },
];

/** Shows one thing after another in a window of its own. */
async function shown({ name, size, settings }, steps, options = {}) {
  const window = await Window.open({ settings, ...options });
  const picture = (view) => take(window, `${name}-${view}`);
  try {
    await resized(window, ...size);
    await steps(window, picture, () => resized(window, ...size));
  } catch (error) {
    await window.evidence(`screenshots ${name}`);
    throw error;
  } finally {
    await window.close();
  }
}

const limited = !few.impossible();
for (const run of runs.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  await shown(run, tour);
  await shown(run, safety.tour);
  await shown(run, (_, picture) => picture("first"), { folder: false });
  if (limited) await shown(run, safety.watchingTour, { program: few.program });
}
