import { EditorSelection } from "@codemirror/state";
import { expect, test } from "vitest";
import { smallestChange } from "./change";
import { count } from "./counts";
import { marked } from "./diff";
import { extensions, newState, replaced } from "./setup";

test.each([
  ["", { chars: 0, withSpaces: 0, words: 0, lines: 1 }],
  ["동시성 제어", { chars: 5, withSpaces: 6, words: 2, lines: 1 }],
  ["a\n\nb c\n", { chars: 3, withSpaces: 4, words: 3, lines: 4 }],
  ["👍🏽", { chars: 2, withSpaces: 2, words: 1, lines: 1 }],
])("counts of %j", (text, expected) => {
  expect(count(text)).toEqual(expected);
});

test.each([
  ["abc", "abc"],
  ["", "abc"],
  ["abc", ""],
  ["가나다", "가라다"],
  ["aaa", "aa"],
  ["😀", "😁"],
  ["x😀y", "x😀😀y"],
])("the change from %j to %j leads there and cuts no pair", (before, after) => {
  const change = smallestChange(before, after);
  const made = change
    ? before.slice(0, change.from) + change.insert + before.slice(change.to)
    : before;
  expect(made).toBe(after);
  expect(change?.insert.isWellFormed() ?? true).toBe(true);
});

test("a text from the file leaves the cursor where it was and is nothing to undo", () => {
  const all = extensions({ onedit() {}, oncomposition() {}, onblur() {} });
  let state = newState("first\nsecond", all);
  state = state.update({ selection: EditorSelection.cursor(8) }).state;
  const change = replaced(state, "a new first\nsecond");
  expect(change?.state.doc.toString()).toBe("a new first\nsecond");
  expect(change?.state.selection.main.head).toBe(14);
  expect(replaced(state, "first\nsecond")).toBeNull();
});

test("both texts are cut where they differ, and nothing is lost", () => {
  const { mine, theirs } = marked("오류율이 두 배를 넘으면", "오류율이 0.5%를 넘으면");
  expect(mine.map(({ text }) => text).join("")).toBe("오류율이 두 배를 넘으면");
  expect(theirs.map(({ text }) => text).join("")).toBe("오류율이 0.5%를 넘으면");
  expect(mine.some(({ changed }) => changed)).toBe(true);
  expect(mine[0]).toMatchObject({ changed: false });
});
