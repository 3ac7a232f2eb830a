import { ensureSyntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { afterEach, expect, test } from "vitest";
import { editorOf } from "../../dev/test-editor";
import { liveLines } from "./live";

let open: EditorView | undefined;
afterEach(() => open?.destroy());

/** Each line's look: `n` near the cursor, `c` of a block of code. */
function looks(marked: string): string[] {
  open?.destroy();
  open = editorOf(marked);
  const { state } = open;
  ensureSyntaxTree(state, state.doc.length, 5000);
  const lines = liveLines({ state, visibleRanges: [{ from: 0, to: state.doc.length }] });
  const found = new Map(lines.map((line) => [line.from, line]));
  return Array.from({ length: state.doc.lines }, (_, nth) => {
    const line = found.get(state.doc.line(nth + 1).from);
    return `${line?.looks.has("near") ? "n" : ""}${line?.looks.has("code") ? "c" : ""}`;
  });
}

test("marks are plain on the line of the cursor", () => {
  expect(looks("**굵게**\n# 제|목\n`코드`")).toEqual(["", "n", ""]);
});

test("marks are plain on all lines that are selected", () => {
  expect(looks("가|\n나\n다|\n라")).toEqual(["n", "n", "n", ""]);
});

test("the fences of a block show while the cursor is in it", () => {
  expect(looks("글\n```java\nint |a;\n```\n글")).toEqual(["", "nc", "nc", "nc", ""]);
});

test("lines of a table are known", () => {
  open?.destroy();
  open = editorOf("글");
  open.dispatch({ changes: { from: 0, insert: "| 가 | 나 |\n|---|---|\n| 1 | 2 |\n\n" } });
  const { state } = open;
  ensureSyntaxTree(state, state.doc.length, 5000);
  const lines = liveLines({ state, visibleRanges: [{ from: 0, to: state.doc.length }] }, false);
  expect(lines.map(({ looks }) => [...looks])).toEqual([["table"], ["table"], ["table"]]);
});

test("nothing is redrawn while a syllable is composed", () => {
  const view = editorOf("가\n나|");
  open = view;
  view.focus();
  Object.defineProperty(view, "composing", { get: () => true });
  const classes = () => [...view.contentDOM.children].map((line) => line.className);
  const before = classes();
  view.dispatch({ selection: { anchor: 0 } });
  expect(classes()).toEqual(before);
});
