import { undo } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { afterEach, expect, test } from "vitest";
import { editorOf } from "../../dev/test-editor";
import { allFound, finderOf, queryOf, replacementOf, stepFrom, type Wanted } from "./find";

let open: EditorView | undefined;
afterEach(() => open?.destroy());

const wanted = (search: string, more: Partial<Wanted> = {}): Wanted => ({
  search,
  replace: "",
  caseSensitive: false,
  wholeWord: false,
  regexp: false,
  ...more,
});

function found(text: string, search: string, more: Partial<Wanted> = {}): string[] {
  const state = EditorState.create({ doc: text });
  return allFound(queryOf(wanted(search, more)), state).map(({ from, to }) => text.slice(from, to));
}

test("half a syllable is no match: replacing it would break the other half", () => {
  expect(found("동시성 도 도서", "도")).toEqual(["도", "도"]);
  expect(found("락 라라", "라")).toEqual(["라", "라"]);
  expect(found("값", "갑")).toEqual([]);
});

test("a composed and a decomposed syllable are one", () => {
  const text = "가".normalize("NFD");
  expect(found(text, "가")).toEqual([text]);
});

test.each<[string, string, Partial<Wanted>, number]>([
  ["Redis redis REDIS", "redis", {}, 3],
  ["Redis redis REDIS", "redis", { caseSensitive: true }, 1],
  ["lock locks lock", "lock", { wholeWord: true }, 2],
  ["a1 b22", "\\d+", { regexp: true }, 2],
  ["a\\n", "\\n", {}, 1],
  ["x*", "x*", {}, 1],
  ["abc", "", {}, 0],
  ["abc", "x*", { regexp: true }, 0],
  ["abc", "(", { regexp: true }, 0],
])("in %j, %j is found", (text, search, more, count) => {
  expect(found(text, search, more)).toHaveLength(count);
});

test("steps go round the ends", () => {
  const all = [
    { from: 2, to: 4 },
    { from: 8, to: 10 },
  ];
  const at = (from: number, to: number, step: 1 | -1) => stepFrom(all, { from, to }, step);
  expect([at(0, 0, 1), at(2, 4, 1), at(8, 10, 1), at(9, 9, 1)]).toEqual([0, 1, 0, 0]);
  expect([at(0, 0, -1), at(2, 4, -1), at(8, 10, -1), at(9, 9, -1)]).toEqual([1, 1, 0, 1]);
  expect(stepFrom([], { from: 0, to: 0 }, 1)).toBe(-1);
});

test("all is replaced in one step that can be undone", () => {
  const text = "락 그리고 락, 낙";
  const view = editorOf(`|${text}`);
  open = view;
  const finder = finderOf(view);
  expect(finder.replaceAll(wanted("락", { replace: "잠금" }))).toBe(2);
  expect(view.state.doc.toString()).toBe("잠금 그리고 잠금, 낙");
  undo(view);
  expect(view.state.doc.toString()).toBe(text);
});

test("one is replaced at a time, and the next selected", () => {
  const view = editorOf("|락 그리고 락");
  open = view;
  const finder = finderOf(view);
  const want = wanted("락", { replace: "락락" });
  expect(finder.step(want, 0)).toMatchObject({ at: 1, count: 2 });
  expect(finder.replaceNext(want)).toMatchObject({ at: 3, count: 3 });
  expect(view.state.doc.toString()).toBe("락락 그리고 락");
});

test("parts of what an expression matched can be put in", () => {
  const query = queryOf(wanted("(\\w+)=(\\w+)", { regexp: true, replace: "$2=$1 $& $$" }));
  const match = /(\w+)=(\w+)/.exec("a=b");
  if (!match) throw new Error("no match");
  expect(replacementOf(query, { from: 0, to: 3, match })).toBe("b=a a=b $");
});

test("nothing is selected or replaced while a syllable is composed in the text", () => {
  const view = editorOf("|락 락");
  open = view;
  Object.defineProperty(view, "composing", { get: () => true });
  const finder = finderOf(view);
  finder.step(wanted("락"), 1);
  expect(finder.replaceAll(wanted("락", { replace: "x" }))).toBe(0);
  expect(view.state.doc.toString()).toBe("락 락");
  expect(view.state.selection.main.empty).toBe(true);
});
