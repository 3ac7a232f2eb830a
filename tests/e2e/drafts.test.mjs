// What is being written survives the program being killed, in the real window: the next start offers
// it back, with what the file says by then.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import * as desktop from "./support/desktop.mjs";
import * as hangul from "./support/hangul.mjs";
import { inEntry } from "./support/notebook.mjs";
import { Key, scenario } from "./support/window.mjs";

/** Topics of the sample. */
const EMPTY = "인덱스 원리와 함정";
const WRITTEN = "힙과 우선순위 큐";

/** Milliseconds in which whatever is typed has to be on the disk. */
const WITHIN = 1000;

/** The drafts as they are on the disk. */
function kept(window) {
  const journal = join(window.home, "data", "drafts");
  const files = readdirSync(journal, { recursive: true }).filter((name) => name.endsWith(".json"));
  return files.map((name) => JSON.parse(readFileSync(join(journal, name), "utf8")));
}

/** Waits until a draft on the disk holds `text`, and kills the program then. */
async function crashWith(window, text) {
  await window.until(`a draft with ${text}`, () =>
    kept(window).some((draft) => draft.text.includes(text)),
  );
  await window.crash();
}

/** The one text the start page offers. */
async function offered(window) {
  const text = await window.find("unsaved-text");
  assert.equal((await window.all("unsaved-text")).length, 1);
  return { state: await text.getAttribute("data-state"), words: await window.text(text) };
}

scenario("an answer typed without a pause is there but for the last second", async (window) => {
  await window.openTopic(EMPTY);
  await (await window.find("editor")).click();
  // Typing that never rests is never saved by itself; so it is for longer than a second.
  const typed = [];
  const begun = Date.now();
  for (let nth = 1; nth < 20 || Date.now() - begun < 2 * WITHIN; nth++) {
    await window.keys(`${nth} `);
    typed.push({ nth, at: Date.now() });
  }
  const killed = Date.now();
  await window.crash();
  await window.startAgain();
  const drafts = kept(window).map(({ text }) => text);
  const found = [window.notebook.read("second"), ...drafts].join("\n");
  const old = typed.filter(({ at }) => killed - at > WITHIN);
  assert.ok(old.length > 0);
  const last = old[old.length - 1].nth;
  const all = typed.slice(0, last).map(({ nth }) => `${nth} `);
  assert.ok(found.includes(all.join("").trimEnd()), `${last} of ${typed.length}: ${drafts}`);
  // What is offered is gone on with where it was left.
  await window.click("unsaved-go-on");
  await window.until("the text in the editor", async () =>
    (await window.editorText()).startsWith(all.join("").trimEnd()),
  );
  await window.until("the text in the file", () =>
    window.notebook.read("second").includes(all.join("").trimEnd()),
  );
  await window.state("saved");
  await window.until("no draft left", () => kept(window).length === 0);
});

scenario("a form and its text are back within a second and a half", async (window) => {
  await window.openTopic(EMPTY);
  await window.shortcut(".", Key.CONTROL, Key.SHIFT);
  await (await window.find("edit-hint-field")).click();
  await window.keys("쓰다 만 힌트");
  const typed = Date.now();
  await crashWith(window, "쓰다 만 힌트");
  const took = Date.now() - typed;
  assert.ok(took < 1.5 * WITHIN, `killed after ${took} ms`);
  const before = window.notebook.read("second");
  await window.startAgain();
  const { state, words } = await offered(window);
  assert.equal(state, "unsaved");
  assert.ok(words.includes("힌트") && words.includes("쓰다 만 힌트"), words);
  await window.find("unsaved-mark");
  assert.equal(window.notebook.read("second"), before, "a look changes nothing");
  await window.click("unsaved-open");
  const field = await window.find("edit-hint-field");
  assert.ok((await field.getAttribute("value")).includes("쓰다 만 힌트"));
  await window.click("edit-save");
  await window.until("the hint in the file", () =>
    window.notebook.read("second").includes("쓰다 만 힌트"),
  );
  await window.until("no draft left", () => kept(window).length === 0);
});

scenario("where the file moved on both texts are there, and nothing is written", async (window) => {
  const question = await window.openTopic(WRITTEN);
  // So that the text stays unsaved, its post is not to be written.
  await window.until("the answer", async () => (await window.editorText()).length > 0);
  await (await window.find("editor")).click();
  await window.shortcut(Key.HOME, Key.CONTROL);
  await window.keys("## 여기서 쓴 줄", Key.ENTER);
  await window.state("failed");
  await crashWith(window, "## 여기서 쓴 줄");
  const theirs = inEntry(window.notebook.read("second"), question, (block) =>
    block.replace("전체를 매번 정렬하면", "저쪽에서 고친 줄"),
  );
  window.notebook.write("second", theirs);
  await window.startAgain();
  assert.equal((await offered(window)).state, "moved_on");
  await window.click("unsaved-show");
  assert.ok((await window.text(await window.find("unsaved-whole"))).includes("여기서 쓴 줄"));
  assert.ok((await window.text(await window.find("unsaved-now"))).includes("저쪽에서 고친 줄"));
  await window.click("unsaved-open");
  await window.state("conflict");
  assert.equal(window.notebook.read("second"), theirs, "neither side was overwritten");
});

scenario("a text whose question was deleted meanwhile is put back with it", async (window) => {
  const question = await window.openTopic(EMPTY);
  await (await window.find("editor")).click();
  await window.keys("## 갈 곳을 잃은 글");
  await window.state("failed");
  await crashWith(window, "갈 곳을 잃은 글");
  const before = window.notebook.read("second");
  const heading = `## ${question}`;
  const from = before.indexOf(heading);
  const next = before.indexOf("\n## ", from + heading.length) + 1;
  assert.ok(from > 0 && next > from);
  window.notebook.write("second", before.slice(0, from) + before.slice(next));
  await window.startAgain();
  const { state, words } = await offered(window);
  assert.equal(state, "gone");
  assert.ok(words.includes(question), words);
  await window.click("unsaved-put-back");
  await window.until("the question in the file", () =>
    window.notebook.read("second").includes(heading),
  );
  await window.until("the text in the editor", async () =>
    (await window.editorText()).includes("갈 곳을 잃은 글"),
  );
});

scenario("a question that was being added is in the dialog again", async (window) => {
  await window.shortcut("n", Key.CONTROL);
  await (await window.find("add-question")).click();
  await window.keys("아직 더하지 않은 질문");
  await crashWith(window, "아직 더하지 않은 질문");
  await window.startAgain();
  assert.ok((await offered(window)).words.includes("아직 더하지 않은 질문"));
  await window.click("unsaved-go-on");
  const field = await window.find("add-question");
  assert.equal(await field.getAttribute("value"), "아직 더하지 않은 질문");
});

before(hangul.start);
after(hangul.stop);

scenario(
  "what was composed when the program was killed is there as far as it had come",
  async (window) => {
    await window.openTopic(EMPTY);
    await desktop.activate(window.id);
    await window.point(await window.find("editor"));
    await window.until("the editor has the focus", () =>
      window.driver.executeScript("return document.activeElement?.dataset.testid === 'editor'"),
    );
    await desktop.type("ehdtltjd", 120);
    await window.until("성 while it is composed", async () => {
      return (await window.editorText()) === "동시성";
    });
    const open = await window.driver.executeScript(
      "return document.querySelector('[data-testid=save-state]').dataset.state",
    );
    assert.notEqual(open, "saved", "an open syllable is not saved");
    await crashWith(window, "동시성");
    await window.startAgain();
    assert.ok((await offered(window)).words.includes("동시성"));
  },
  { env: hangul.env },
);
