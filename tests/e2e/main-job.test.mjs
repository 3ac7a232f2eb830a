// The main job in the real window: read, write, follow the file, find, compare, take along.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as desktop from "./support/desktop.mjs";
import { inEntry } from "./support/notebook.mjs";
import { By, Key, scenario } from "./support/window.mjs";

/** Topics of the sample. */
const EMPTY = "인덱스 원리와 함정";
const DRAFT = "재시도와 멱등성";
const WRITTEN = "힙과 우선순위 큐";

scenario("the newest day is listed first", async (window) => {
  const list = await window.find("day-list");
  await window.until("rows with questions", async () => (await window.text(list)).includes(EMPTY));
  const rows = await window.all("entry-row");
  const topics = await Promise.all(rows.slice(0, 4).map((row) => window.text(row)));
  for (const [index, topic] of [EMPTY, "DNS 조회 과정", "마감과 방향 전환", DRAFT].entries()) {
    assert.ok(topics[index]?.includes(topic), `row ${index} is ${topics[index]}`);
  }
  const head = await window.text(await list.findElement(By.css(".day__head")));
  assert.match(head, /5월 23일/);
});

scenario(
  "an answer typed in the window changes the file there and nowhere else",
  async (window) => {
    const before = window.notebook.read("second");
    const other = window.notebook.read("first");
    await window.openTopic(EMPTY);
    const answer = "인덱스는 정렬된 사본이라 높이만큼만 읽습니다.";
    await (await window.find("editor")).click();
    await window.keys(answer);
    await window.until("the answer is on disk", () =>
      window.notebook.read("second").includes(answer),
    );
    await window.state("saved");
    const after = window.notebook.read("second");
    const at = after.indexOf(answer);
    const prefix = after.slice(0, at);
    const suffix = after.slice(at + answer.length);
    assert.ok(before.startsWith(prefix.trimEnd()), "everything before the answer is as it was");
    assert.ok(before.endsWith(suffix.trimStart()), "everything after the answer is as it was");
    const rest = before.slice(prefix.trimEnd().length, before.length - suffix.trimStart().length);
    assert.equal(rest.trim(), "", "only blank space of the empty answer was replaced");
    assert.match(prefix, /### 답변\n+$/, "the answer stands under its heading");
    assert.match(suffix, /^\n\n> ##### 모범 답안/, "a blank line keeps the model answer apart");
    assert.equal(window.notebook.read("first"), other, "the other post is untouched");
  },
);

scenario("changes made by others appear by themselves", async (window) => {
  const question = await window.openTopic(WRITTEN);
  await window.until("the answer is shown", async () =>
    (await window.editorText()).includes("최소 힙"),
  );
  const mine = inEntry(window.notebook.read("second"), question, (block) =>
    block.replace(
      "최소 힙(min heap)을 쓰겠습니다.",
      "최소 힙(min heap)을 쓰겠습니다. 밖에서 고쳤습니다.",
    ),
  );
  window.notebook.write("second", mine);
  await window.until("the edit of the open entry", async () =>
    (await window.editorText()).includes("밖에서 고쳤습니다."),
  );
  await window.state("saved");

  const theirs = mine.replace(
    "# 2025.05.23  \n",
    "# 2025.05.23  \n## 방금 밖에서 넣은 질문입니다?\n> 카테고리: 공통, 갓 들어온 질문\n\n### 답변\n밖에서 쓴 답입니다.\n\n",
  );
  assert.notEqual(theirs, mine);
  window.notebook.replace("second", theirs);
  await window.openTopic("갓 들어온 질문");
  await window.until(
    "its answer",
    async () => (await window.editorText()) === "밖에서 쓴 답입니다.",
  );
  assert.equal(window.notebook.read("second"), theirs, "looking changes nothing");
});

scenario("a search finds a past answer and opens it", async (window) => {
  await window.find("day-list");
  await window.shortcut("f", Key.CONTROL, Key.SHIFT);
  const field = await window.find("search-input");
  await field.sendKeys("최소 힙");
  const hit = await window.until("a hit with its words marked", async () => {
    const [first] = await window.all("search-hit");
    if (!first) return false;
    const marks = await first.findElements(By.css("mark"));
    const words = await Promise.all(marks.map((mark) => window.text(mark)));
    return words.join(" ").includes("힙") && first;
  });
  assert.ok((await window.text(hit)).length > 20, "the snippet shows what is around the words");
  await field.sendKeys(Key.ENTER);
  await window.gone("search-dialog");
  const question = await window.find("question");
  await window.until("the entry is on the sheet", async () =>
    (await window.text(question)).includes("상위 100명"),
  );
});

scenario("the model answer stays closed until it is asked for", async (window) => {
  await window.openTopic(EMPTY);
  const opener = await window.find("model-open");
  assert.equal(await opener.getAttribute("aria-expanded"), "false");
  assert.equal((await window.all("model-text")).length, 0, "no word of it is in the page");
  await window.shortcut(Key.ENTER, Key.CONTROL);
  const text = await window.text(await window.find("model-text"));
  assert.match(text, /B\+Tree/);
  await window.shortcut(Key.ENTER, Key.CONTROL);
  await window.gone("model-text");
});

scenario("the comparison shows which terms were said", async (window) => {
  await window.openTopic(DRAFT);
  await window.shortcut(Key.ENTER, Key.CONTROL, Key.SHIFT);
  await window.find("compare");
  const terms = await window.until("terms", async () => {
    const found = await window.all("compare-term");
    return found.length > 0 && found;
  });
  const states = new Map();
  for (const term of terms) {
    states.set((await window.text(term)).split("\n")[0], await term.getAttribute("data-state"));
  }
  const said = [...states].filter(([, state]) => state === "said").map(([term]) => term);
  const missing = [...states].filter(([, state]) => state === "missing").map(([term]) => term);
  assert.ok(
    said.some((term) => term.includes("멱등키")),
    `said: ${said}`,
  );
  assert.ok(
    missing.some((term) => term.includes("백오프")),
    `missing: ${missing}`,
  );
  await window.find("compare-pairs");
  await window.click("compare-close");
  await window.find("editor");
});

scenario("a PDF goes where the dialog of the system says, with every question", async (window) => {
  const out = join(window.work, "answers.pdf");
  await window.openTopic(WRITTEN);
  await window.click("export-open");
  await window.find("export-dialog");
  await window.driver.executeScript(
    "arguments[0].click()",
    (await window.all("export-scope-all"))[0],
  );
  await window.click("export-run");
  const dialog = await window.dialog();
  await desktop.activate(dialog);
  await desktop.press("ctrl+a");
  await desktop.type(out, 15);
  await desktop.press("Return");
  const result = await window.find("export-result");
  assert.ok((await window.text(result)).includes(out), "the result names the file");
  assert.ok(existsSync(out));
  const text = (await desktop.output("pdftotext", "-layout", out, "-")).replace(/\s+/g, "");
  const missing = window.notebook
    .questions()
    .filter((question) => !text.includes(question.replace(/[\s`]+/g, "")));
  assert.deepEqual(missing, [], "every question is in the PDF");
  for (const part of [
    "최소힙(minheap)을쓰겠습니다",
    "힙의루트에는지금상위100명",
    "멀티스테이지빌드",
  ]) {
    assert.ok(text.includes(part), `the PDF has ${part}`);
  }
  await window.click("export-close");
  await window.gone("export-dialog");
});

scenario("an answer that would break the post is refused with its reason", async (window) => {
  const before = window.notebook.read("second");
  await window.openTopic(EMPTY);
  await (await window.find("editor")).click();
  await window.keys("## 제목");
  await window.state("failed");
  const notice = await window.text(await window.find("save-failed"));
  assert.match(notice, /1/, "the notice names the line");
  assert.equal(window.notebook.read("second"), before, "the file is as it was");
  await window.keys(Key.HOME, Key.DELETE, Key.DELETE, Key.DELETE);
  await window.until("the mended answer is on disk", () =>
    window.notebook.read("second").includes("### 답변\n제목\n"),
  );
  await window.state("saved");
  await window.gone("save-failed");
});

scenario("an edit from both sides offers both versions", async (window) => {
  const question = await window.openTopic(WRITTEN);
  await (await window.find("editor")).click();
  // Theirs has to be written before ours is saved; on a machine that stands still for so long that
  // the save came first, ours is typed once more.
  let base;
  do {
    await window.state("saved");
    base = window.notebook.read("second");
    await window.shortcut(Key.HOME, Key.CONTROL);
    await window.keys("이쪽: ");
  } while (window.notebook.read("second") !== base);
  const theirs = inEntry(base, question, (block) =>
    block.replace("전체를 매번 정렬하면", "저쪽: 매번 정렬하면"),
  );
  window.notebook.write("second", theirs);
  await window.state("conflict");
  const sheet = await window.driver.findElement(By.css(".merge"));
  const both = await window.text(sheet);
  assert.ok(both.includes("이쪽: 전체를 매번") && both.includes("저쪽: 매번"), both);
  assert.equal(window.notebook.read("second"), theirs, "neither side was overwritten");
  await window.click("conflict-both");
  await window.until("both are on disk", () => {
    const text = window.notebook.read("second");
    return text.includes("이쪽: 전체를 매번") && text.includes("저쪽: 매번");
  });
  await window.state("saved");
});
