import { ensureSyntaxTree, foldedRanges } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { afterEach, expect, test } from "vitest";
import { editorOf } from "../../dev/test-editor";
import { fold, unfold } from "./folding";

let open: EditorView | undefined;
afterEach(() => open?.destroy());

function editor(marked: string): EditorView {
  open = editorOf(marked);
  ensureSyntaxTree(open.state, open.state.doc.length, 5000);
  return open;
}

function folded(view: EditorView): string[] {
  const found: string[] = [];
  foldedRanges(view.state).between(0, view.state.doc.length, (from, to) => {
    found.push(view.state.sliceDoc(from, to));
  });
  return found;
}

test("what is under a heading folds, and the cursor goes to its beginning", () => {
  const view = editor("## 하나\n글|\n### 둘\n글\n## 셋\n글");
  expect(fold(view)).toBe(true);
  expect(folded(view)).toEqual(["\n글\n### 둘\n글"]);
  expect(view.state.selection.main.head).toBe(0);
  expect(unfold(view)).toBe(true);
  expect(folded(view)).toEqual([]);
});

test("a block of code folds behind its fence", () => {
  const view = editor("글\n\n```java\nint |a;\n```\n");
  expect(fold(view)).toBe(true);
  expect(folded(view)).toEqual(["\nint a;\n```"]);
});

test("a fold opens when the cursor comes to its edge, so that nothing is composed beside it", () => {
  const view = editor("## 하나|\n글\n## 둘");
  fold(view);
  expect(folded(view)).toHaveLength(1);
  view.dispatch({ selection: { anchor: 2 } });
  expect(folded(view)).toHaveLength(1);
  view.dispatch({ selection: { anchor: "## 하나".length } });
  expect(folded(view)).toEqual([]);
});

test("nothing is changed by folding, and none while a syllable is composed", () => {
  const view = editor("## 하나|\n글");
  const text = view.state.doc.toString();
  fold(view);
  expect(view.state.doc.toString()).toBe(text);
  unfold(view);
  Object.defineProperty(view, "composing", { get: () => true });
  expect(fold(view)).toBe(false);
});
