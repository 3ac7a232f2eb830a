// The history, in the real window: what was replaced or deleted is listed, set beside now and put
// back byte for byte, and putting back can be undone.

import assert from "node:assert/strict";
import { inEntry } from "./support/notebook.mjs";
import { Key, scenario } from "./support/window.mjs";

/** Topics of the sample. */
const EMPTY = "인덱스 원리와 함정";
const DNS = "DNS 조회 과정";

/** The lines of `text` from the first in which it differs from `other`; all the rest is alike. */
function others(text, other) {
  const [lines, theirs] = [text.split("\n"), other.split("\n")];
  const from = lines.findIndex((line, i) => line !== theirs[i]);
  return from < 0 ? [lines.length] : [from, ...lines.slice(from, from + 3)];
}

/** Waits until the post of the second week is exactly `text`. */
async function onDisk(window, text) {
  await window
    .until("the post as it should be", () => window.notebook.read("second") === text)
    .catch(() => assert.deepEqual(others(window.notebook.read("second"), text), []));
}

/** Waits until the post of the second week is another than `text`, and returns it. */
function changed(window, text) {
  return window.until("the post changes", () => {
    const now = window.notebook.read("second");
    return now !== text && now;
  });
}

/** Opens the history of the entry on the sheet and chooses its oldest version. */
async function openOldest(window) {
  await window.shortcut("h", Key.CONTROL, Key.SHIFT);
  await window.find("history-list", ":focus");
  await window.keys(Key.END);
}

/** Runs the command `id` from the palette, where it is found by `words`. */
async function command(window, words, id) {
  await window.shortcut("k", Key.CONTROL);
  await (await window.find("palette-input")).sendKeys(words);
  await window.click(`palette-command-${id}`);
  await window.gone("palette-dialog");
}

scenario("an answer comes back as it was, and that is undone", async (window) => {
  const before = window.notebook.read("second");
  await window.openTopic(EMPTY);
  await (await window.find("editor")).click();
  await window.keys("지우고 싶은 답");
  await window.state("saved");
  const written = await changed(window, before);
  await openOldest(window);
  await window.until("the answer beside none", async () =>
    (await window.text(await window.find("history-diff"))).includes("지우고 싶은 답"),
  );
  await window.click("restore-all");
  await onDisk(window, before);
  await window.until("the editor follows", async () => !(await window.editorText()).includes("답"));
  await window.act("되돌렸습니다");
  await onDisk(window, written);
  await window.until("the answer is in the editor", async () =>
    (await window.editorText()).includes("지우고 싶은 답"),
  );
});

scenario("one part comes back, the others stay", async (window) => {
  const before = window.notebook.read("second");
  const question = await window.openTopic(EMPTY);
  await window.shortcut(Key.F2);
  const field = await window.find("edit-question-field");
  await field.click();
  await window.shortcut("a", Key.CONTROL);
  await window.keys("다르게 물은 질문입니다?", Key.ENTER);
  await window.gone("edit-question");
  const reworded = await changed(window, before);
  await (await window.find("editor")).click();
  await window.keys("남아 있을 답");
  await window.state("saved");
  await changed(window, reworded);
  await openOldest(window);
  await window.find("history-part", '[data-part="question"]');
  await window.click("restore-question");
  await window.until("the question is back", async () =>
    (await window.text(await window.find("question"))).includes(question),
  );
  const after = window.notebook.read("second");
  assert.ok(after.includes("남아 있을 답"), "the answer stays");
  assert.ok(!after.includes("다르게 물은 질문"), "the other question is gone");
  await window.until("the answer stays in the editor", async () =>
    (await window.editorText()).includes("남아 있을 답"),
  );
});

scenario("a deleted question comes back with every byte", async (window) => {
  const before = window.notebook.read("second");
  const question = await window.openTopic(DNS);
  const remove = async () => {
    await window.shortcut(Key.BACK_SPACE, Key.CONTROL, Key.SHIFT);
    await window.find("delete-dialog");
    await window.click("delete-dialog-run");
    await window.gone("delete-dialog");
    await changed(window, before);
  };
  await remove();
  await window.act("지웠습니다");
  await onDisk(window, before);
  await window.until("the question is on the sheet", async () =>
    (await window.text(await window.find("question"))).includes(question),
  );

  await remove();
  await command(window, "지운 문제", "deleted");
  await window.find("history-title");
  const row = await window.text(await window.find("history-version"));
  assert.ok(row.includes(question), row);
  await window.click("restore-all");
  await onDisk(window, before);
  await window.find("history-none");
});

scenario("what another program replaced is there, too", async (window) => {
  const before = window.notebook.read("second");
  const question = await window.openTopic(EMPTY);
  const outside = inEntry(before, question, (block) =>
    block.replace(/### 답변[ ]*\n/, (heading) => `${heading}\n밖에서 쓴 답\n`),
  );
  window.notebook.replace("second", outside);
  await window.until("the answer from outside", async () =>
    (await window.editorText()).includes("밖에서 쓴 답"),
  );
  await window.shortcut("h", Key.CONTROL, Key.SHIFT);
  await window.find("history-version", '[data-cause="outside"]');
  await window.find("history-part", '[data-part="answer"]');
  await window.click("restore-all");
  await onDisk(window, before);
});

scenario("the page of a post's history leads back to where it was opened", async (window) => {
  const before = window.notebook.read("second");
  await window.openTopic(EMPTY);
  await (await window.find("editor")).click();
  await window.keys("답");
  await changed(window, before);
  await command(window, "글의 기록", "postHistory");
  await window.find("history-version");
  await window.find("history-part", '[data-part="entry"]');
  await window.keys(Key.ESCAPE);
  await window.gone("history-title");
  await window.find("editor");
});
