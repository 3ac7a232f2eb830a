// Korean typed through a real input method: what is being composed shows, nothing doubles or is lost.
//
// A driver's own key events never compose, so all keys here are the X server's.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import * as desktop from "./support/desktop.mjs";
import * as hangul from "./support/hangul.mjs";
import { inEntry } from "./support/notebook.mjs";
import { By, scenario } from "./support/window.mjs";

const EMPTY = "인덱스 원리와 함정";
const WRITTEN = "힙과 우선순위 큐";
const options = { env: hangul.env };

before(hangul.start);
after(hangul.stop);

/** Puts the cursor at the end of the answer of an entry, with the mouse. */
async function writeUnder(window, topic) {
  const question = await window.openTopic(topic);
  await hangul.writeInto(window, await window.find("editor"));
  return question;
}

/** Types 동시성 into an empty answer; 성 is still being composed, for what cuts it to come. */
async function leaveSyllableOpen(window) {
  await writeUnder(window, EMPTY);
  await desktop.type("ehdtltjd", 120);
  await window.until(
    "성 while it is composed",
    async () => (await window.editorText()) === "동시성",
  );
}

/** Writes down the composition events of the page from now on. */
function listen(window) {
  return window.driver.executeScript(`
    window.composed = [];
    for (const type of ["compositionstart", "compositionupdate", "compositionend"])
      addEventListener(type, (event) => window.composed.push([type, event.data]), true);`);
}

function heard(window) {
  return window.driver.executeScript("return window.composed");
}

scenario(
  "the syllable being composed shows in the answer",
  async (window) => {
    const start = window.notebook.read("second");
    await writeUnder(window, EMPTY);
    await listen(window);
    await desktop.type("ehdtltjd ", 120);
    await window.until("동시성 and a space", async () => (await window.editorText()) === "동시성 ");
    await desktop.type("ans", 120);
    await window.until(
      "문 while it is composed",
      async () => (await window.editorText()) === "동시성 문",
    );
    const open = await heard(window);
    assert.deepEqual(open.at(-1), ["compositionupdate", "문"], "the composition is still open");
    await desktop.type("wp ", 120);
    await window.until(
      "문제 and a space",
      async () => (await window.editorText()) === "동시성 문제 ",
    );
    await desktop.press("BackSpace");
    await window.until("the answer is on disk", () =>
      window.notebook.read("second").includes("### 답변\n동시성 문제\n"),
    );
    await window.state("saved");
    const saved = window.notebook.read("second");
    assert.equal(saved.replace("동시성 문제\n", "").replace(/\s/g, ""), start.replace(/\s/g, ""));
    assert.equal(await window.editorText(), "동시성 문제");
  },
  options,
);

scenario(
  "an outside edit waits for the end of a syllable, and then both versions are offered",
  async (window) => {
    const question = await writeUnder(window, WRITTEN);
    const base = window.notebook.read("second");
    const text = await window.editorText();
    await desktop.type("ehd", 120);
    await window.until(
      "동 while it is composed",
      async () => (await window.editorText()) === `${text}동`,
    );
    // The added question tells when the window has heard of the edit.
    const theirs = inEntry(base, question, (block) =>
      block.replace("전체를 매번", "저쪽: 매번"),
    ).replace(
      "# 2025.05.23  \n",
      "# 2025.05.23  \n## 방금 밖에서 넣은 질문입니다?\n> 카테고리: 공통, 갓 들어온 질문\n\n### 답변\n\n",
    );
    window.notebook.write("second", theirs);
    const list = await window.find("day-list");
    await window.until("the outside edit", async () =>
      (await window.text(list)).includes("갓 들어온 질문"),
    );
    assert.equal(await window.editorText(), `${text}동`, "the open syllable is left alone");
    assert.equal((await window.all("conflict")).length, 0);
    assert.equal(window.notebook.read("second"), theirs, "an open syllable is not saved");
    await desktop.type("t ", 120);
    await window.state("conflict");
    assert.equal(window.notebook.read("second"), theirs, "theirs was not overwritten");
    await window.click("conflict-both");
    await window.until("both are on disk", () => {
      const now = window.notebook.read("second");
      return now.includes("해시맵을 같이 둬야 합니다.동ㅅ") && now.includes("저쪽: 매번");
    });
    await window.state("saved");
  },
  options,
);

scenario(
  "a click elsewhere in the middle of a syllable loses nothing",
  async (window) => {
    await leaveSyllableOpen(window);
    const row = await window.driver.findElement(
      By.css('[data-testid="entry-row"][aria-selected="false"]'),
    );
    await window.point(row);
    await window.until(
      "another entry",
      async () =>
        (await row.getAttribute("aria-selected")) === "true" &&
        (await window.editorText()) !== "동시성",
    );
    await window.until("the whole word is on disk", () =>
      window.notebook.read("second").includes("### 답변\n동시성\n"),
    );
    await window.openTopic(EMPTY);
    await window.until(
      "the whole word again",
      async () => (await window.editorText()) === "동시성",
    );
  },
  options,
);

scenario(
  "closing the window in the middle of a syllable saves it",
  async (window) => {
    await leaveSyllableOpen(window);
    await desktop.closeFront();
    await window.until(
      "the window is gone",
      async () => !(await desktop.windows("dapanji-window")).includes(window.id),
    );
    assert.match(window.notebook.read("second"), /### 답변\n동시성\n/);
  },
  options,
);

scenario(
  "leaving the window in the middle of a syllable doubles nothing",
  async (window) => {
    await leaveSyllableOpen(window);
    // The manager takes the keyboard for this key, as it does for Alt+Tab.
    await desktop.press("alt+Tab");
    await window.until("the word is on disk", () =>
      /### 답변\n동시성+\n/.test(window.notebook.read("second")),
    );
    await desktop.activate(window.id);
    await desktop.type(" answp ", 120);
    await window.until("the next word", async () =>
      (await window.editorText()).endsWith("문제 "),
    );
    assert.equal(await window.editorText(), "동시성 문제 ");
  },
  options,
);

/** The whole text of the source mode. */
function sourceText(window) {
  return window.driver.executeScript(`
    const lines = document.querySelectorAll('[data-testid="source-editor"] > .cm-line');
    return [...lines].map((line) => line.textContent).join("\\n");`);
}

scenario(
  "going to the source and back in the middle of a syllable loses and doubles nothing",
  async (window) => {
    await leaveSyllableOpen(window);
    await desktop.press("ctrl+shift+s");
    await window.find("source-editor");
    await window.until("the word in the source", async () =>
      (await sourceText(window)).includes("동시성"),
    );
    await window.until("the word is on disk", () =>
      /### 답변\n동시성\n/.test(window.notebook.read("second")),
    );
    // The cursor is where it was: behind the word.
    await hangul.hasFocus(window, "source-editor");
    await desktop.type(" answp", 120);
    await window.until("제 while it is composed", async () =>
      /^동시성 문제$/m.test(await sourceText(window)),
    );
    await desktop.press("ctrl+shift+s");
    await window.until(
      "both words in the answer",
      async () => (await window.editorText()) === "동시성 문제",
    );
    await window.until("both words are on disk", () =>
      /### 답변\n동시성 문제\n/.test(window.notebook.read("second")),
    );
    await hangul.hasFocus(window, "editor");
    await desktop.type("fmf ", 120);
    await window.until("the particle in the answer", async () =>
      (await window.editorText()).startsWith("동시성 문제를"),
    );
  },
  options,
);

scenario(
  "the field for finding composes, and the text beside it stays as it is",
  async (window) => {
    await writeUnder(window, EMPTY);
    await desktop.type("ehdtltjd ", 120);
    await window.until("동시성 and a space", async () => (await window.editorText()) === "동시성 ");
    await desktop.press("ctrl+f");
    const field = await window.find("find-input");
    const value = () => field.getAttribute("value");
    await desktop.type("tl", 120);
    await window.until("시 while it is composed", async () => (await value()) === "시");
    await desktop.type("tjd", 120);
    await window.until("시성 while 성 is composed", async () => (await value()) === "시성");
    const count = await window.find("find-count");
    await window.until("one match", async () => (await window.text(count)).includes("1"));
    // The first Escape may end the composition alone.
    await window.until("the bar is closed", async () => {
      if ((await window.all("find")).length === 0) return true;
      await desktop.press("Escape");
      return false;
    });
    assert.equal(await window.editorText(), "동시성 ");
  },
  options,
);

scenario(
  "a quote is closed behind the syllable it ends",
  async (window) => {
    await writeUnder(window, EMPTY);
    await desktop.type("'fkr'", 120);
    await desktop.type(" ", 120);
    await window.until("the quoted word", async () => (await window.editorText()).includes("락"));
    await window.until(
      "one quote at each end",
      async () => (await window.editorText()) === "'락' ",
    );
  },
  options,
);

scenario(
  "the search composes too",
  async (window) => {
    await window.find("day-list");
    await desktop.activate(window.id);
    await desktop.press("ctrl+shift+f");
    const field = await window.find("search-input");
    const value = () => field.getAttribute("value");
    await desktop.type("tmf", 120);
    await window.until("슬 while it is composed", async () => (await value()) === "슬");
    await desktop.type("fhdn ", 120);
    await window.until("슬로우 and a space", async () => (await value()) === "슬로우 ");
    await window.find("search-hit");
    await desktop.type("znjfl", 120);
    await window.until("쿼리 while 리 is composed", async () => (await value()) === "슬로우 쿼리");
    // The first Return ends the composition or opens the hit; nothing may be lost or doubled on the way.
    await desktop.press("Return");
    await window.until("an entry or the closed composition", async () => {
      if ((await window.all("search-dialog")).length === 0) return true;
      assert.equal(await value(), "슬로우 쿼리");
      await desktop.press("Return");
      return false;
    });
    const question = await window.find("question");
    await window.until(
      "the entry is on the sheet",
      async () => (await window.text(question)).length > 0,
    );
  },
  options,
);
