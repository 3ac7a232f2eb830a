import { undo } from "@codemirror/commands";
import type { EditorView } from "@codemirror/view";
import { afterEach, expect, test } from "vitest";
import { editorOf, pasteIn, press, shownIn, typeAtOnce, typeIn } from "../../dev/test-editor";
import { overClosing } from "./pairs";

let open: EditorView | undefined;
afterEach(() => open?.destroy());

function editor(marked: string): EditorView {
  open?.destroy();
  open = editorOf(marked);
  return open;
}

test.each([
  ["- 하나|", "- 하나\n- |"],
  ["1. 하나|", "1. 하나\n2. |"],
  ["> 인용|", "> 인용\n> |"],
  ["- [x] 했음|", "- [x] 했음\n- [ ] |"],
  ["글|", "글\n|"],
])("Enter goes on with a list or quote: %j", (before, after) => {
  const view = editor(before);
  press(view, "Enter", 13);
  expect(shownIn(view)).toBe(after);
});

test("Enter on an empty item ends the list", () => {
  const view = editor("- 하나\n- |");
  press(view, "Enter", 13);
  expect(shownIn(view)).toBe("- 하나\n|");
});

test("Backspace takes the mark of a list away", () => {
  const view = editor("- |하나");
  press(view, "Backspace", 8);
  expect(shownIn(view)).toBe("|하나");
});

test.each([
  ["|", "(", "(|)"],
  ["락 |", '"', '락 "|"'],
  ["|", "「", "「|」"],
  // Right before a letter, Hangul or not, nothing is paired.
  ["|동시성", "(", "(|동시성"],
  ["|lock", "[", "[|lock"],
  ["|동시성", "'", "'|동시성"],
  // Nor a quote right behind one.
  ["it|", "'", "it'|"],
  ["락|", "'", "락'|"],
  // What is selected is wrapped, and stays selected.
  ["|동시성| 제어", "(", "(|동시성|) 제어"],
  ["|동시성| 제어", "`", "`|동시성|` 제어"],
])("pairs in %j after %s", (before, typed, after) => {
  const view = editor(before);
  typeIn(view, typed);
  expect(shownIn(view)).toBe(after);
});

test("a closing mark is typed over, and Backspace takes both", () => {
  const view = editor("|");
  typeIn(view, "(락)");
  expect(shownIn(view)).toBe("(락)|");
  const other = editor("|");
  typeIn(other, "(");
  press(other, "Backspace", 8);
  expect(shownIn(other)).toBe("|");
});

test("a closing mark that comes with the syllable it ends is typed over, too", () => {
  const view = editor("|");
  typeIn(view, "'");
  typeAtOnce(view, "락'");
  expect(shownIn(view)).toBe("'락'|");
  expect(overClosing(view.state, 3, 3, "락'")).toBeNull();
});

test("three backticks make a fence without a fourth", () => {
  const view = editor("|");
  typeIn(view, "```java");
  expect(shownIn(view)).toBe("```java|");
});

test("an address pasted over words makes a link; over nothing it stays an address", () => {
  const view = editor("자세한 내용은 |공식 문서| 참고");
  pasteIn(view, "https://example.org/a");
  expect(view.state.doc.toString()).toBe("자세한 내용은 [공식 문서](https://example.org/a) 참고");
  undo(view);
  expect(view.state.doc.toString()).toBe("자세한 내용은 공식 문서 참고");
});

test("the system checks the spelling", () => {
  expect(editor("|").contentDOM.getAttribute("spellcheck")).toBe("true");
});
