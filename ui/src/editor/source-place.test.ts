import { expect, test } from "vitest";
import { toAnswer, toSource } from "./source-place";

const quoted = "## 질문\n> 답변\n> 첫 줄\n> \n> 셋째 🔒 줄\n\n끝";
const from = quoted.indexOf("첫");
const to = quoted.indexOf("\n\n끝");
const answer = "첫 줄\n\n셋째 🔒 줄";
const stretch = { source: quoted, from, to, answer };

test("every place of a quoted answer goes to the same letter of the post, and back", () => {
  for (let offset = 0; offset <= answer.length; offset++) {
    const there = toSource(stretch, offset);
    expect(quoted.slice(there, there + 1).trim()).toBe(answer.slice(offset, offset + 1).trim());
    expect(toAnswer(stretch, there)).toBe(offset);
  }
});

test("what is outside has no place in the answer", () => {
  expect(toAnswer(stretch, from - 1)).toBeNull();
  expect(toAnswer(stretch, to + 1)).toBeNull();
});

test("an answer with more lines than the post has goes to its end", () => {
  expect(toSource({ ...stretch, answer: `${answer}\n\n새 줄` }, answer.length + 4)).toBe(to);
});

test("an empty answer is at its place", () => {
  const empty = { source: "### 답변\n\n", from: 7, to: 7, answer: "" };
  expect(toSource(empty, 0)).toBe(7);
  expect(toAnswer(empty, 7)).toBe(0);
});
