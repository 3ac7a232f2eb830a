// A pasted mail in the real window: what was understood, and both questions in the list and the file.

import assert from "node:assert/strict";
import { By, Key, scenario } from "./support/window.mjs";

const MAIL = `안녕하세요, 오늘의 질문입니다.

Q1. 낙관적 락은 언제 쓰나요?
카테고리: Backend, 낙관적 락의 쓸모
A1. 충돌이 드물 때 씁니다.

Q2. 캐시 스탬피드는 어떻게 막나요?
카테고리: Backend, 캐시 스탬피드
힌트: 한꺼번에 몰립니다.

감사합니다.
`;

scenario("pasted questions are shown, and added together", async (window) => {
  await window.find("day-list");
  const before = window.notebook.read("second");
  const other = window.notebook.read("first");
  await window.shortcut("n", Key.CONTROL);
  const dialog = await window.find("add-dialog");
  await (await dialog.findElement(By.css(".seg label:nth-child(2)"))).click();
  await (await window.find("add-paste")).sendKeys(MAIL.replaceAll("\n", Key.ENTER));
  const cards = await window.until("two cards", async () => {
    const shown = await window.all("add-card");
    return shown.length === 2 && shown;
  });
  const value = async (card, name) =>
    await (await card.findElement(By.css(`[data-testid="add-${name}"]`))).getAttribute("value");
  assert.equal(await value(cards[0], "question"), "낙관적 락은 언제 쓰나요?");
  assert.equal(await value(cards[0], "topic"), "낙관적 락의 쓸모");
  assert.equal(await value(cards[0], "model"), "충돌이 드물 때 씁니다.");
  assert.equal(await value(cards[1], "hint"), "한꺼번에 몰립니다.");
  assert.equal(window.notebook.read("second"), before, "nothing is written yet");

  await (await window.find("add-submit")).click();
  await window.gone("add-dialog");
  const list = await window.find("day-list");
  for (const topic of ["낙관적 락의 쓸모", "캐시 스탬피드"]) {
    await window.until(`${topic} in the list`, async () =>
      (await window.text(list)).includes(topic),
    );
  }
  const question = await window.find("question");
  await window.until("the first is opened", async () =>
    (await window.text(question)).includes("낙관적 락은 언제 쓰나요?"),
  );
  const after = window.notebook.read("second");
  const first = after.indexOf(
    "## 낙관적 락은 언제 쓰나요?\n> 카테고리: Backend, 낙관적 락의 쓸모\n",
  );
  const second = after.indexOf("## 캐시 스탬피드는 어떻게 막나요?\n");
  assert.ok(first >= 0 && second > first, `both stand in their order in\n${after}`);
  assert.match(after.slice(first, second), /> 충돌이 드물 때 씁니다\.\n/);
  assert.equal(after.includes("안녕하세요, 오늘의"), false, "the greeting stays out");
  assert.equal(after.length > before.length, true);
  assert.ok(
    before.split("\n").every((line) => after.includes(line)),
    "what was there is there",
  );
  assert.equal(window.notebook.read("first"), other, "the other post is untouched");
});
