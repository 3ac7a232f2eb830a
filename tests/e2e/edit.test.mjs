// Changing what is not the answer, in the real window: each edit changes the bytes it is about in
// the file, and no other.

import assert from "node:assert/strict";
import { Key, scenario } from "./support/window.mjs";

/** Topics of the sample. */
const EMPTY = "인덱스 원리와 함정";
const DNS = "DNS 조회 과정";
const DEADLINE = "마감과 방향 전환";

/** Puts `text` into a field in the place of what it holds. */
async function fill(window, id, text) {
  const field = await window.find(id);
  await field.click();
  await window.shortcut("a", Key.CONTROL);
  await window.keys(Key.DELETE);
  await window.keys(text);
}

/** Waits until the post of the second week is exactly `text`. */
async function onDisk(window, text) {
  await window
    .until("the post as it should be", () => window.notebook.read("second") === text)
    .catch(() => assert.equal(window.notebook.read("second"), text));
}

/** `text` with `from`, which it has once, replaced. */
function replaced(text, from, to) {
  assert.equal(text.split(from).length, 2, `the post has this once: ${from}`);
  return text.replace(from, () => to);
}

/** The line of `text` that begins with `start` after `mark`. */
function lineAfter(text, mark, start) {
  const from = text.indexOf(`\n${start}`, text.indexOf(mark)) + 1;
  return text.slice(from, text.indexOf("\n", from));
}

/** The entry of a question, from its heading to the end of its model answer. */
function blockOf(text, question) {
  const from = text.indexOf(`## ${question}`);
  const end = "{: .block-tip }";
  return text.slice(from, text.indexOf(end, from) + end.length);
}

/** Asserts that `after` is `before` with something put into one place; returns what. */
function inserted(before, after) {
  let from = 0;
  while (from < before.length && before[from] === after[from]) from++;
  const rest = before.length - from;
  assert.ok(after.endsWith(before.slice(from)), "everything that was there is there");
  return after.slice(from, after.length - rest);
}

scenario("a question is reworded in place", async (window) => {
  const before = window.notebook.read("second");
  const question = await window.openTopic(EMPTY);
  await window.shortcut(Key.F2);
  await fill(window, "edit-question-field", "인덱스는 언제 조회를 느리게 하나요?");
  await window.keys(Key.ENTER);
  await window.gone("edit-question");
  await onDisk(window, replaced(before, question, "인덱스는 언제 조회를 느리게 하나요?"));
  assert.equal(
    await window.text(await window.find("question")),
    "인덱스는 언제 조회를 느리게 하나요?",
  );
  await (await window.find("editor")).click();
  await window.keys("물음이 바뀌어도 답은 제자리입니다.");
  await window.until("the answer is under the new question", () =>
    blockOf(window.notebook.read("second"), "인덱스는 언제").includes("답은 제자리입니다."),
  );
});

scenario("category and topic are changed in their line", async (window) => {
  const before = window.notebook.read("second");
  await window.openTopic(EMPTY);
  await window.shortcut("l", Key.CONTROL, Key.SHIFT);
  await fill(window, "edit-category-field", "DB");
  await fill(window, "edit-topic-field", "인덱스의 값");
  await window.keys(Key.ENTER);
  await window.gone("edit-about");
  await onDisk(
    window,
    replaced(before, `> 카테고리: Database, ${EMPTY}`, "> 카테고리: DB, 인덱스의 값"),
  );
});

scenario("a hint is rewritten, and one that breaks the post is refused", async (window) => {
  const before = window.notebook.read("second");
  const question = await window.openTopic(EMPTY);
  await window.shortcut(".", Key.CONTROL, Key.SHIFT);
  await fill(window, "edit-hint-field", "높이부터 떠올려 보세요.");
  await window.shortcut(Key.ENTER, Key.CONTROL);
  await window.gone("edit-hint");
  const hint = lineAfter(before, question, "> 힌트:");
  const after = replaced(before, hint, "> 힌트: 높이부터 떠올려 보세요.");
  await onDisk(window, after);

  await window.click("hint-edit");
  await fill(window, "edit-hint-field", `한 줄${Key.ENTER}카테고리: 다른 것`);
  await window.shortcut(Key.ENTER, Key.CONTROL);
  await window.find("edit-error");
  assert.equal(window.notebook.read("second"), after, "nothing was written");
  await window.keys(Key.ESCAPE);
  await window.gone("edit-hint");
});

scenario("one audience's model answer is rewritten alone", async (window) => {
  const before = window.notebook.read("second");
  const question = await window.openTopic(EMPTY);
  await window.shortcut("a", Key.CONTROL, Key.SHIFT);
  await fill(window, "edit-model-field", "정렬해 둔 사본이라 높이만큼만 읽습니다.");
  await window.shortcut(Key.ENTER, Key.CONTROL);
  await window.gone("edit-model-field");
  const first = lineAfter(before, question, "> 인덱스는 컬럼 값과");
  await onDisk(window, replaced(before, first, "> 정렬해 둔 사본이라 높이만큼만 읽습니다."));
});

scenario("a model answer is written where there was only its place", async (window) => {
  const before = window.notebook.read("second");
  const question = await window.openTopic(DNS);
  await window.click("model-edit");
  await window.find("edit-model-field");
  await window.keys("캐시부터 차례로 묻습니다.");
  await window.shortcut(Key.ENTER, Key.CONTROL);
  await window.gone("edit-model-field");
  const block = blockOf(before, question);
  await onDisk(
    window,
    replaced(before, block, replaced(block, "어쩌구 저쩌구", "캐시부터 차례로 묻습니다.")),
  );
});

scenario("an entry moves to another day with every byte of it", async (window) => {
  const before = window.notebook.read("second");
  const question = await window.openTopic(DNS);
  const block = blockOf(before, question);
  await window.shortcut("d", Key.CONTROL, Key.SHIFT);
  await window.find("move-date");
  await window.keys("2025-05-22", Key.ENTER);
  await window.gone("move-dialog");
  const after = await window.until("the entry stands under the other day", () => {
    const text = window.notebook.read("second");
    return text !== before && text;
  });
  assert.equal(after.split(block).length, 2, "the entry is there once, as it was");
  assert.ok(after.indexOf(block) > after.indexOf("# 2025.05.22"), "under its new day");
  const day = after.indexOf("\n# 2025.05.21");
  assert.ok(day < 0 || after.indexOf(block) < day, "and under no later one");
  const others = (text) => text.split("\n").filter((line) => line.startsWith("## "));
  assert.deepEqual(
    others(after).filter((line) => !line.includes(question)),
    others(before).filter((line) => !line.includes(question)),
  );
  assert.equal(await window.text(await window.find("question")), question);
});

scenario("an entry is deleted after a question, and the next one opens", async (window) => {
  const before = window.notebook.read("second");
  const question = await window.openTopic(DNS);
  await window.shortcut(Key.BACK_SPACE, Key.CONTROL, Key.SHIFT);
  await window.find("delete-dialog");
  await window.keys(Key.ESCAPE);
  await window.gone("delete-dialog");
  assert.equal(window.notebook.read("second"), before, "asking changes nothing");
  await window.shortcut(Key.BACK_SPACE, Key.CONTROL, Key.SHIFT);
  await window.click("delete-dialog-run");
  await window.gone("delete-dialog");
  const after = window.notebook.read("second");
  const block = inserted(after, before);
  assert.ok(block.includes(question) && block.includes("어쩌구 저쩌구"), block);
  assert.ok(!block.includes("# 2025."), "the days stay");
  await window.until("the next question is on the sheet", async () =>
    (await window.text(await window.find("question"))).includes("출시가 코앞인데"),
  );
  const list = await window.text(await window.find("day-list"));
  assert.ok(list.includes(DEADLINE) && !list.includes(DNS), list);
});

scenario("a day is added where the post puts its newest", async (window) => {
  const before = window.notebook.read("second");
  await window.openTopic(EMPTY);
  await window.shortcut("n", Key.CONTROL, Key.SHIFT);
  await fill(window, "day-date", "2025-05-24");
  await window.keys(Key.ENTER);
  await window.gone("day-dialog");
  const newest = "# 2025.05.23  \n";
  const between = "\n---\n\n<br>\n<br>\n<br>\n\n";
  await onDisk(window, replaced(before, newest, `# 2025.05.24  \n${between}${newest}`));
});

scenario("what was being written stays while another entry is looked at", async (window) => {
  await window.openTopic(EMPTY);
  await window.shortcut("a", Key.CONTROL, Key.SHIFT);
  await fill(window, "edit-model-field", "아직 저장하지 않은 모범 답안");
  await window.openTopic(DNS);
  await window.gone("edit-model-field");
  await window.openTopic(EMPTY);
  const field = await window.find("edit-model-field");
  assert.equal((await window.text(field)).trimEnd(), "아직 저장하지 않은 모범 답안");
});
