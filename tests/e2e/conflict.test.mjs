// Two writers of one text, in the real window: both versions are offered, nothing is written before
// one is chosen, and what is chosen is in the file byte for byte. What is not is in the history.

import assert from "node:assert/strict";
import { renameSync, rmSync } from "node:fs";
import { after, before } from "node:test";
import * as desktop from "./support/desktop.mjs";
import * as hangul from "./support/hangul.mjs";
import { inEntry } from "./support/notebook.mjs";
import { Key, scenario } from "./support/window.mjs";

const options = { env: hangul.env };

/** A topic of the sample, with the beginning and the end of its answer. */
const TOPIC = "힙과 우선순위 큐";
const BEGINNING = "전체를 매번";
const END = "해시맵을 같이 둬야 합니다.";

/** Topics whose answers stand in the same post. */
const EMPTY = "인덱스 원리와 함정";
const CACHE = "캐시 무효화";

/** A question that is new to the list tells when the window has heard of what was written outside. */
const NEWS = "갓 들어온 질문";
const withNews = (text) =>
  text.replace(
    /^# 2025\.05\.\d\d {2}\n/m,
    (day) => `${day}## 방금 밖에서 넣은 질문입니다?\n> 카테고리: 공통, ${NEWS}\n\n### 답변\n\n`,
  );

before(hangul.start);
after(hangul.stop);

/** Waits until the post of the second week is exactly `text`. */
async function onDisk(window, text) {
  await window
    .until("the post as it should be", () => window.notebook.read("second") === text)
    .catch(() => assert.equal(window.notebook.read("second"), text));
}

/** Waits until the list of days shows `words`, or no longer does. */
async function listed(window, words, there = true) {
  const list = await window.find("day-list");
  await window.until(`the list ${there ? "with" : "without"} ${words}`, async () => {
    return (await window.text(list)).includes(words) === there;
  });
}

/**
 * Leaves a syllable open at the end of the answer, so that nothing of it can be saved, and has `change`
 * made to the post; ends the syllable as soon as the window has heard of that.
 */
async function writeAgainst(window, change, heard) {
  const question = await window.openTopic(TOPIC);
  await hangul.writeInto(window, await window.find("editor"));
  const text = await window.editorText();
  await desktop.type("ehd", 120);
  await window.until("동 while it is composed", async () => {
    return (await window.editorText()) === `${text}동`;
  });
  const base = window.notebook.read("second");
  change(base, question);
  await heard();
  assert.equal(await window.editorText(), `${text}동`, "the open syllable is left alone");
  await desktop.type(".", 120);
  return { base, question };
}

/** Both sides have changed the answer, and the window asks. */
async function intoConflict(window) {
  let theirs;
  const { base } = await writeAgainst(
    window,
    (base, question) => {
      theirs = inEntry(withNews(base), question, (block) => block.replace(BEGINNING, "저쪽: 매번"));
      window.notebook.replace("second", theirs);
    },
    () => listed(window, NEWS),
  );
  await window.state("conflict");
  await window.find("conflict");
  assert.equal(window.notebook.read("second"), theirs, "nothing is written before the choice");
  return { base, theirs };
}

/** The post with another answer of the entry. */
const answered = (text, answer) => text.replace(answerIn(text), () => answer);

/** The answer of the entry in a post. */
function answerIn(text) {
  const end = text.indexOf(END) + END.length;
  const from = text.lastIndexOf("### 답변", end);
  return text.slice(text.indexOf("\n", from) + 1, end);
}

scenario(
  "the own text is chosen",
  async (window) => {
    const { base, theirs } = await intoConflict(window);
    await window.click("conflict-mine");
    const mine = `${answerIn(base)}동.`;
    await onDisk(window, answered(theirs, mine));
    await window.state("saved");
    assert.equal(await window.editorText(), mine);
  },
  options,
);

scenario(
  "the file's text is chosen: the own one is in the history, and comes back with a click",
  async (window) => {
    const { base, theirs } = await intoConflict(window);
    await window.click("conflict-theirs");
    await window.state("saved");
    await window.until("the file's text", async () => {
      return (await window.editorText()) === answerIn(theirs);
    });
    assert.equal(window.notebook.read("second"), theirs, "the file is left alone");
    const mine = `${answerIn(base)}동.`;
    await window.act("기록에 남았습니다");
    await onDisk(window, answered(theirs, mine));
    await window.state("saved");
    // The same from the history, which outlasts the notice.
    await window.shortcut("h", Key.CONTROL, Key.SHIFT);
    await window.click("history-version", '[data-cause="saved"]');
    await window.click("restore-all");
    await onDisk(window, theirs);
    await window.click("history-version", '[data-cause="aside"]');
    await window.until("the dropped text beside now", async () =>
      (await window.text(await window.find("history-diff"))).includes("동"),
    );
    await window.click("restore-all");
    await onDisk(window, answered(theirs, mine));
  },
  options,
);

scenario(
  "both texts are kept",
  async (window) => {
    const { base, theirs } = await intoConflict(window);
    await window.click("conflict-both");
    const both = `${answerIn(base)}동.\n\n${answerIn(theirs)}`;
    await onDisk(window, answered(theirs, both));
    await window.state("saved");
  },
  options,
);

scenario(
  "both texts are merged by hand, in Korean, and not before it is saved",
  async (window) => {
    const { theirs } = await intoConflict(window);
    const merged = `${answerIn(theirs)}동.`;
    const result = () => window.linesOf('[data-testid="merge-result"]');
    await window.click("conflict-merge");
    const field = await window.find("merge-result");
    assert.equal(await result(), merged, "what only one side changed is in");
    await hangul.writeInto(window, field);
    await desktop.type("gkqcls ", 120);
    await window.until("합친 and a space", async () => (await result()) === `${merged}합친 `);
    await desktop.type("rmf", 120);
    await window.until("글 while it is composed", async () => {
      return (await result()) === `${merged}합친 글`;
    });
    assert.equal(window.notebook.read("second"), theirs, "nothing is written yet");
    await desktop.type(".", 120);
    await window.until("the end of the syllable", async () => {
      return (await result()) === `${merged}합친 글.`;
    });
    // Put off, and gone on with where it was.
    await desktop.press("Escape");
    await window.gone("merge-dialog");
    assert.equal(window.notebook.read("second"), theirs, "putting it off writes nothing");
    await window.click("conflict-merge");
    await window.find("merge-result", ":focus");
    assert.equal(await result(), `${merged}합친 글.`);
    await desktop.press("ctrl+Return");
    await onDisk(window, answered(theirs, `${merged}합친 글.`));
    await window.gone("merge-dialog");
    await window.state("saved");
    assert.equal(await window.editorText(), `${merged}합친 글.`);
  },
  options,
);

/** What git leaves of a merge in which both sides changed a line. */
const marked = (ours, theirs) =>
  `<<<<<<< HEAD\n${ours}\n=======\n${theirs}\n>>>>>>> origin/main\n`;

scenario(
  "what git has left is shown as such, and goes side by side or merged by hand",
  async (window) => {
    const base = window.notebook.read("second");
    const [emptied, cached] = [await window.openTopic(EMPTY), await window.openTopic(CACHE)];
    const filled = (text, question, answer) =>
      inEntry(text, question, (block) =>
        block.replace(/(### 답변[ ]*\n)[^]*?(?=\n> #####)/, (_, heading) => `${heading}${answer}`),
      );
    const post = (first, second) => filled(filled(base, emptied, first), cached, second);
    const first = marked("내가 쓴 첫 줄", "저쪽이 쓴 첫 줄");
    const second = marked("내가 쓴 둘째 줄", "저쪽이 쓴 둘째 줄");
    window.notebook.replace("second", post(first, second));
    await window.openTopic(EMPTY);
    await window.find("markers");
    assert.equal(await window.editorText(), "내가 쓴 첫 줄");
    assert.equal(window.notebook.read("second"), post(first, second));
    await window.shortcut("f", Key.CONTROL, Key.SHIFT);
    await (await window.find("search-input")).sendKeys('"저쪽이 쓴 첫 줄"');
    await window.find("search-none");
    await window.keys(Key.ESCAPE);
    await window.gone("search-dialog");

    await window.click("markers-both");
    await onDisk(window, post("내가 쓴 첫 줄\n저쪽이 쓴 첫 줄\n", second));
    await window.gone("markers");

    await window.openTopic(CACHE);
    await window.click("markers-merge");
    const field = await window.find("merge-result");
    await hangul.writeInto(window, field);
    await desktop.type("gkqcls.", 120);
    const result = () => window.linesOf('[data-testid="merge-result"]');
    await window.until("합친.", async () => (await result()).includes("합친."));
    const text = await result();
    await window.click("merge-save");
    const settled = text.endsWith("\n") ? text : `${text}\n`;
    await onDisk(window, post("내가 쓴 첫 줄\n저쪽이 쓴 첫 줄\n", settled));
    await window.gone("markers");
  },
  options,
);

scenario(
  "a question that is deleted outside while it is answered is put back with what was typed",
  async (window) => {
    const { base } = await writeAgainst(
      window,
      (text, question) => {
        const from = text.indexOf(`## ${question}`);
        const next = text.indexOf("\n## ", from) + 1;
        window.notebook.replace("second", text.slice(0, from) + text.slice(next));
      },
      () => listed(window, TOPIC, false),
    );
    await window.find("save-gone");
    await window.state("gone");
    assert.ok((await window.editorText()).endsWith(`${END}동.`), "what was typed is still there");
    await window.click("gone-back");
    await onDisk(window, base.replace(END, `${END}동.`));
    await window.state("saved");
    await window.gone("save-gone");
    await listed(window, TOPIC);
  },
  options,
);

scenario(
  "a post that is deleted outside while it is written in is put back with what was typed",
  async (window) => {
    const { base } = await writeAgainst(
      window,
      () => rmSync(window.notebook.path("second")),
      () => listed(window, TOPIC, false),
    );
    await window.find("save-gone");
    await window.state("gone");
    await window.click("gone-back");
    await window.state("saved");
    const now = window.notebook.read("second");
    assert.ok(now.includes(answerIn(base.replace(END, `${END}동.`))), now);
  },
  options,
);

scenario(
  "a post that is moved outside while it is written in takes the text along",
  async (window) => {
    let moved;
    const { base } = await writeAgainst(
      window,
      () => {
        const path = window.notebook.path("second");
        moved = path.replace("-2주차", "-2주차-옮김");
        renameSync(path, moved);
        // The content is what it was; this tells when the other name was noticed.
        window.notebook.write("first", withNews(window.notebook.read("first")));
      },
      () => listed(window, NEWS),
    );
    await window.state("saved");
    assert.equal(window.notebook.path("second"), moved);
    await onDisk(window, base.replace(END, `${END}동.`));
  },
  options,
);
