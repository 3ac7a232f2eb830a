// Two versions of one text, from the user's side: git's, the file's and one's own.

import { EditorView } from "@codemirror/view";
import { configure, fireEvent, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, expect, test, vi } from "vitest";
import { byId } from "../../dev/mock-book";
import { conflict } from "../../dev/mock-conflicts";
import { ctrl, gone, openEntry, openWindow, press, see } from "../../dev/test-app";
import type { HistoryView } from "../ipc/client";

declare function outside(id: string, answer: string): void;
declare function remove(id: string): void;

// Saving, asking and merging are each several steps, also on a busy machine.
configure({ asyncUtilTimeout: 5000 });
vi.setConfig({ testTimeout: 30_000 });

beforeAll(openWindow, 60_000);

function editor(testid: string): EditorView {
  const view = EditorView.findFromDOM(screen.getByTestId(testid));
  if (!view) throw new Error(`${testid} is no editor`);
  return view;
}

function write(testid: string, text: string): void {
  const view = editor(testid);
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

const click = (testid: string) => fireEvent.click(screen.getByTestId(testid));
const answerIs = (id: string, text: string) =>
  waitFor(() => expect(byId(id).answer).toBe(text), { timeout: 3000 });

test.each<[string, string]>([
  ["markers-ours", "첫째 답"],
  ["markers-theirs", "둘째 답"],
  ["markers-both", "첫째 답\n둘째 답"],
])("git's conflict goes with %s", async (button, expected) => {
  byId("e3").answer = "첫째 답";
  await openEntry("e3");
  conflict("e3", "둘째 답");
  await see("markers", "origin/main");
  expect(screen.getByTestId("markers").textContent).toContain("HEAD");
  await click(button);
  await gone("markers");
  await answerIs("e3", expected);
});

test("git's conflict is merged by hand", async () => {
  byId("e4").answer = "첫째 답";
  await openEntry("e4");
  conflict("e4", "둘째 답");
  await waitFor(() => screen.getByTestId("markers-merge"));
  await click("markers-merge");
  await waitFor(() => screen.getByTestId("merge-result"));
  write("merge-result", "합친 답");
  await click("merge-save");
  await gone("markers");
  await answerIs("e4", "합친 답");
  await gone("merge-dialog");
});

test("what is typed while git's conflict is there waits for it to go", async () => {
  byId("e5").answer = "첫째 답";
  await openEntry("e5");
  conflict("e5", "둘째 답");
  await waitFor(() => screen.getByTestId("markers"));
  write("editor", "첫째 답을 더 쓴다");
  await waitFor(() => screen.getByTestId("save-failed"), { timeout: 3000 });
  expect(byId("e5").answer).toBe("첫째 답");
  await click("markers-ours");
  await answerIs("e5", "첫째 답을 더 쓴다");
});

async function intoConflict(id: string): Promise<void> {
  byId(id).answer = "처음 글.\n\n가운데 글.\n\n끝 글.";
  await openEntry(id);
  write("editor", "처음 글을 여기서 고쳤다.\n\n가운데 글.\n\n끝 글.");
  outside(id, "처음 글.\n\n가운데 글.\n\n끝 글을 밖에서 고쳤다.");
  await waitFor(() => screen.getByTestId("conflict"));
}

const both = "처음 글을 여기서 고쳤다.\n\n가운데 글.\n\n끝 글을 밖에서 고쳤다.";

test("an answer changed on both sides is merged by hand, from what both come from", async () => {
  await intoConflict("e6");
  await click("conflict-merge");
  await waitFor(() => screen.getByTestId("merge-result"));
  expect(editor("merge-result").state.doc.toString()).toBe(both);
  expect(byId("e6").answer, "nothing is written yet").not.toContain("여기서");
  screen.getByTestId("merge-result").focus();
  await press("Enter", ctrl);
  await answerIs("e6", both);
  await gone("conflict");
  expect(editor("editor").state.doc.toString()).toBe(both);
});

test("a merge that is put off writes nothing and goes on where it was", async () => {
  await intoConflict("e7");
  const before = byId("e7").answer;
  await click("conflict-merge");
  await waitFor(() => screen.getByTestId("merge-result"));
  write("merge-result", "아직 합치는 중");
  await click("merge-cancel");
  await gone("merge-dialog");
  expect(byId("e7").answer).toBe(before);
  await click("conflict-merge");
  await waitFor(() => screen.getByTestId("merge-result"));
  expect(editor("merge-result").state.doc.toString()).toBe("아직 합치는 중");
  await click("merge-save");
  await answerIs("e7", "아직 합치는 중");
});

test("a difference is taken over from the file by a key", async () => {
  await intoConflict("e8");
  await click("conflict-merge");
  await waitFor(() => screen.getByTestId("merge-result"));
  await see("merge-left", "1");
  await click("merge-take");
  expect(editor("merge-result").state.doc.toString()).toBe(byId("e8").answer);
  await click("merge-save");
  await gone("conflict");
});

test("an own text that goes for the file's is in the history, and comes back with the notice", async () => {
  await intoConflict("e11");
  const theirs = byId("e11").answer;
  await click("conflict-theirs");
  await gone("conflict");
  await waitFor(() => expect(editor("editor").state.doc.toString()).toBe(theirs));
  const { past } = await import("../../dev/mock-history");
  const request = { entry: "e11", post: null, limit: 9 };
  const listed = past.history?.({ request }) as HistoryView | undefined;
  expect(listed?.versions.map(({ cause }) => cause)).toContain("aside");
  const notice = await waitFor(() => screen.getByText(/기록에 남았습니다/));
  const undo = notice.parentElement?.querySelector("button");
  if (!undo) throw new Error("the notice has no button");
  await fireEvent.click(undo);
  await answerIs("e11", "처음 글을 여기서 고쳤다.\n\n가운데 글.\n\n끝 글.");
});

test("the text of a question that was deleted goes on at one like it", async () => {
  const like = byId("e9");
  like.question = "소수 판별을 빠르게 하는 방법을 설명해주세요.";
  const question = `${like.question} 더 자세히`;
  await openEntry("e10");
  byId("e10").question = question;
  outside("e10", byId("e10").answer);
  await waitFor(() => expect(screen.getByTestId("question").textContent).toContain("더 자세히"));
  const theirs = like.answer;
  write("editor", "쓰던 글");
  remove("e10");
  await waitFor(() => screen.getByTestId("save-gone"), { timeout: 3000 });
  await waitFor(() => screen.getAllByTestId("gone-follow"));
  const rows = screen.getAllByTestId("gone-follow");
  const row = rows.find((one) => one.textContent?.includes(like.question));
  if (!row) throw new Error("the question like it is not offered");
  await fireEvent.click(row);
  await gone("save-gone");
  if (theirs.trim() !== "") {
    await waitFor(() => screen.getByTestId("conflict"));
    await click("conflict-mine");
  }
  await answerIs("e9", "쓰던 글");
});
