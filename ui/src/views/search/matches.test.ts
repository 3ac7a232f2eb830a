// From a hit to its place in the entry, over the mock's notebook.

import { EditorView } from "@codemirror/view";
import { configure, fireEvent, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, beforeEach, expect, it } from "vitest";
import {
  composed,
  ctrl,
  ctrlShift,
  gone,
  openWindow,
  press,
  see,
  type,
} from "../../../dev/test-app";
import { marksIn } from "../../editor/match-marks";
import { beside, closeBeside } from "../../state/beside.svelte";
import { current } from "../../state/entry.svelte";
import { clearMatches, matches } from "../../state/matches.svelte";
import { closeDialog, ui } from "../../state/ui.svelte";
import { fetchView } from "../lazy.svelte";

beforeAll(async () => {
  await openWindow();
  // What the window fetches when it is idle.
  for (const name of ["sheet", "pane", "search", "beside", "page"] as const) await fetchView(name);
}, 60_000);
configure({ asyncUtilTimeout: 5000 });
beforeEach(() => {
  closeDialog(false);
  clearMatches();
  closeBeside();
  localStorage.clear();
});

/** Searches, and presses Enter at the first hit of a part. */
async function openFirst(query: string, part: string, init: KeyboardEventInit = {}): Promise<void> {
  await press("KeyF", ctrlShift);
  await waitFor(() => screen.getByTestId("search-input"));
  await type("search-input", query);
  const list = () => screen.queryAllByTestId("search-hit");
  const at = await waitFor(() => {
    const found = list().findIndex((one) => one.textContent?.includes(part));
    expect(found).toBeGreaterThanOrEqual(0);
    return found;
  });
  const field = screen.getByTestId("search-input");
  for (let step = 0; step < at; step++) await fireEvent.keyDown(field, { key: "ArrowDown" });
  await fireEvent.keyDown(field, { key: "Enter", ...init });
  await gone("search-dialog");
}

const editor = (): EditorView => {
  const view = EditorView.findFromDOM(screen.getByTestId("editor"));
  if (!view) throw new Error("no editor");
  return view;
};
const marked = (): string[] =>
  marksIn(editor()).all.map(({ from, to }) => editor().state.sliceDoc(from, to));
const here = (): string => {
  const { all, current: id } = marksIn(editor());
  const one = all.find((match) => match.id === id);
  return one ? editor().state.sliceDoc(Math.max(0, one.from - 4), one.to) : "";
};

it("opens at the match, with all of them marked", async () => {
  await openFirst("in:answer 다시", "내 답");
  await waitFor(() => expect(marked().length).toBeGreaterThan(1));
  expect(new Set(marked())).toEqual(new Set(["다시"]));
  await waitFor(() =>
    expect(editor().state.selection.main.head).toBe(marksIn(editor()).all[0]?.to),
  );
  expect(screen.getByTestId("matches-count").textContent).toMatch(/곳 가운데 \d번째/u);
});

it("goes from one to the next with keys, round the ends, and never in a composition", async () => {
  await openFirst("in:answer 다시", "내 답");
  await waitFor(() => expect(marked().length).toBeGreaterThan(1));
  const first = matches.at;
  await press("F3", composed);
  expect(matches.at).toBe(first);
  await press("F3");
  await waitFor(() => expect(matches.at).not.toBe(first));
  await press("F3", { shiftKey: true });
  await waitFor(() => expect(matches.at).toBe(first));
  await press("KeyG", ctrl);
  await waitFor(() => expect(matches.at).not.toBe(first));
});

it("keeps the marks at their words while one writes, and takes them away with Escape", async () => {
  await openFirst("in:answer 다시", "내 답");
  await waitFor(() => expect(marked().length).toBeGreaterThan(1));
  const count = marked().length;
  const before = here();
  editor().dispatch({ changes: { from: 0, insert: "머리말 " } });
  expect(here()).toBe(before);
  const one = marksIn(editor()).all[0];
  editor().dispatch({ changes: { from: one?.from ?? 0, to: one?.to ?? 0 } });
  await waitFor(() =>
    expect(matches.places.filter(({ part }) => part === "answer")).toHaveLength(count - 1),
  );
  expect(new Set(marked())).toEqual(new Set(["다시"]));
  await press("Escape");
  await gone("matches");
  await waitFor(() => expect(marked()).toEqual([]));
  expect(ui.view).toBe("entry");
});

it("finds what was written meanwhile, once it is saved", async () => {
  await openFirst("in:answer 다시", "내 답");
  await waitFor(() => expect(marked().length).toBeGreaterThan(1));
  const count = marked().length;
  const before = here();
  editor().dispatch({ changes: { from: 0, insert: "다시, " } });
  expect(marked()).toHaveLength(count);
  await press("KeyS", ctrl);
  await waitFor(() => expect(marked()).toHaveLength(count + 1));
  expect(here()).toBe(before);
});

it("marks what is rendered, and leaves a model answer closed until it is asked for", async () => {
  await openFirst("재시도 is:draft", "질문");
  await waitFor(() => expect(document.querySelector("#question mark")?.textContent).toBe("재시도"));
  expect(current.modelOpen).toBe(false);
  await see("matches-closed", "모범 답안에");
  expect(document.querySelector(".pane mark")).toBeNull();
  await fireEvent.click(screen.getByTestId("matches-closed"));
  await waitFor(() => expect(document.querySelector(".pane mark")?.textContent).toBe("재시도"));
  await gone("matches-closed");
});

it("opens a model answer that was chosen among the hits", async () => {
  await openFirst("Idempotency", "모범");
  await waitFor(() =>
    expect(document.querySelector(".pane mark.is-current")?.textContent).toMatch(/idempotency/iu),
  );
  expect(current.audience).toBe(matches.places.find(({ id }) => id === matches.at)?.nth);
});

it("reads an entry beside the one on the sheet", async () => {
  await openFirst("재시도 is:draft", "질문");
  const sheet = current.page?.entry.id;
  await openFirst("컨텍스트 스위칭", "질문", ctrl);
  await see("beside", "컨텍스트 스위칭");
  expect(current.page?.entry.id).toBe(sheet);
  const mark = () => screen.getByTestId("beside").querySelector("mark.is-current");
  await waitFor(() => expect(mark()).not.toBeNull());
  const other = beside.shown?.entry;
  await fireEvent.click(screen.getByTestId("beside-open"));
  await waitFor(() => expect(current.page?.entry.id).toBe(other));
  expect(beside.shown).toBeNull();
});

it("marks a post without questions at its section", async () => {
  await openFirst("삼킨 오류", "다른 글");
  await screen.findByTestId("post-page");
  await waitFor(() =>
    expect(document.querySelector(".post__section mark.is-current")?.textContent).toBe("오류"),
  );
  await press("Escape");
  await gone("matches");
  await screen.findByTestId("post-page");
});
