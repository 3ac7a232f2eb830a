// The comparison in the real window: whose terms count, from difference to difference, and the past.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Key, scenario } from "./support/window.mjs";

const DRAFT = "재시도와 멱등성";

/** Opens the comparison of an entry, and returns its terms once they are there. */
async function compared(window) {
  await window.openTopic(DRAFT);
  await window.shortcut(Key.ENTER, Key.CONTROL, Key.SHIFT);
  return terms(window);
}

function terms(window) {
  return window.until("terms", async () => {
    const found = await window.all("compare-term");
    return found.length > 0 && found;
  });
}

const log = (window) => join(window.notebook.folder, ".dapanji/terms.jsonl");

scenario("a term that is pinned, added or taken out is so for the folder", async (window) => {
  const [first] = await compared(window);
  const name = (await window.text(first)).split("\n")[0];
  await first.click();
  assert.ok(!existsSync(log(window)), "a look keeps nothing");
  await window.click("compare-pin");
  await window.until("it is pinned", async () => {
    const [head] = await terms(window);
    return (await head.getAttribute("data-wish")) === "pinned";
  });
  await window.click("compare-add");
  await window.keys("서킷 브레이커", Key.ENTER);
  await window.until("it is listed", async () => {
    const words = await Promise.all((await terms(window)).map((term) => window.text(term)));
    return words.some((word) => word.startsWith("서킷 브레이커"));
  });
  const lines = readFileSync(log(window), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map(({ term, decision }) => [term, decision]),
    [
      [name, "pin"],
      ["서킷 브레이커", "add"],
    ],
  );
});

scenario("F7 goes to the next sentence that differs", async (window) => {
  await compared(window);
  await window.click("compare-difference");
  const here = () => window.all("compare-pairs", ' [aria-current="true"]');
  await window.until("a sentence is current", async () => (await here()).length === 1);
});

scenario("an answer stands beside its past", async (window) => {
  await window.openTopic(DRAFT);
  await (await window.find("editor")).click();
  await window.keys("지터도 더합니다. ");
  await window.until("the answer is on disk", () =>
    ["first", "second"].some((week) => window.notebook.read(week).includes("지터도 더합니다.")),
  );
  await window.state("saved");
  await window.shortcut(Key.ENTER, Key.CONTROL, Key.SHIFT);
  await terms(window);
  await window.driver.executeScript("document.querySelector('input[value=past]').click()");
  await window.find("compare-version");
  const diff = await window.find("history-diff");
  assert.match(await window.text(diff), /지터도 더합니다/);
});
