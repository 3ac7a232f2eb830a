import { configure, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { byId, entries } from "../../../dev/mock-book";
import { journal as mock } from "../../../dev/mock-drafts";
import { field, gone, openEntry, openWindow, see, type } from "../../../dev/test-app";
import type { DraftRequest, DraftView } from "../../ipc/types";

function keep(request: Partial<DraftRequest>): void {
  const all = { entry: null, part: "answer", text: "", base: "", revision: null, ...request };
  mock.keep_draft?.({ request: all });
}

/** What the backend holds. */
const kept = () => mock.drafts?.({}) as DraftView[];

/** The start page as a start finds it that came after a crash. */
async function startAgain(): Promise<void> {
  const drafts = await import("../../state/drafts.svelte");
  const navigation = await import("../../state/navigation.svelte");
  const entry = await import("../../state/entry.svelte");
  await entry.closeEntry();
  await drafts.openDrafts(null);
  navigation.goToday();
  await waitFor(() => screen.getByTestId("today"));
}

/** The one text that is offered. */
async function offered(): Promise<ReturnType<typeof within>> {
  return within(await waitFor(() => screen.getByTestId("unsaved-text")));
}

// Longer than the pause before a text is saved.
configure({ asyncUtilTimeout: 5000 });
vi.setConfig({ testTimeout: 30_000 });

beforeAll(async () => {
  await openWindow();
  // So that the sheet is loaded.
  await openEntry("e1");
}, 60_000);
beforeEach(() => {
  for (const { key } of kept()) mock.drop_draft?.({ key });
});

describe("an unsaved answer", () => {
  it("is offered with its question, gone on with, saved, and offered no more", async () => {
    const base = byId("e4").answer;
    keep({ entry: "e4", text: "쓰다 꺼진 글", base });
    await startAgain();
    const text = await offered();
    expect(text.getByTestId("unsaved-open").textContent).toBe(byId("e4").question);
    expect(text.getByText("쓰다 꺼진 글")).toBeTruthy();
    expect(text.getByText("답안 · 쓰다 멈춤")).toBeTruthy();
    await fireEvent.click(text.getByTestId("unsaved-go-on"));
    await see("editor", "쓰다 꺼진 글");
    await waitFor(() => expect(byId("e4").answer).toBe("쓰다 꺼진 글"));
    await waitFor(() => expect(kept()).toEqual([]));
  });

  it("stands beside the file's text where that moved on", async () => {
    byId("e5").answer = "밖에서 고친 글";
    keep({ entry: "e5", text: "내가 쓰던 글", base: "예전 글" });
    await startAgain();
    const text = await offered();
    expect(text.getByText("답안 · 그사이 파일이 바뀜")).toBeTruthy();
    await fireEvent.click(text.getByTestId("unsaved-show"));
    expect(text.getByTestId("unsaved-whole").textContent).toContain("내가 쓰던 글");
    expect(text.getByTestId("unsaved-now").textContent).toContain("밖에서 고친 글");
    await fireEvent.click(text.getByTestId("unsaved-open"));
    await waitFor(() => screen.getByTestId("conflict"));
    expect(byId("e5").answer, "nothing was written").toBe("밖에서 고친 글");
    await fireEvent.click(screen.getByTestId("conflict-both"));
    await waitFor(() => expect(byId("e5").answer).toBe("내가 쓰던 글\n\n밖에서 고친 글"));
  });

  it("is put back with its question where that is gone, and so is all else that was of it", async () => {
    const about = { question: "사라진 질문", path: "없는 글.md", date: "2025-05-20" };
    keep({ entry: "gone", text: "남은 답", ...about });
    await startAgain();
    const text = await offered();
    expect(text.queryByTestId("unsaved-open")).toBeNull();
    await fireEvent.click(text.getByTestId("unsaved-put-back"));
    const back = await waitFor(() => {
      const found = entries.find(({ question }) => question === "사라진 질문");
      expect(found?.answer).toBe("남은 답");
      return found;
    });
    expect(back?.date).toBe("2025-05-20");
    await waitFor(() => expect(kept()).toEqual([]));
  });

  it("is dropped when nobody wants it, and had back with one click", async () => {
    keep({ entry: "e6", text: "버릴 글", base: byId("e6").answer });
    await startAgain();
    await fireEvent.click((await offered()).getByTestId("unsaved-drop"));
    await gone("unsaved");
    expect(kept()).toEqual([]);
    await fireEvent.click(await waitFor(() => screen.getByText("되돌리기")));
    expect((await offered()).getByText("버릴 글")).toBeTruthy();
    expect(kept()).toHaveLength(1);
  });
});

describe("an unsaved form", () => {
  it("waits while something else is looked at, and opens with its text", async () => {
    await openEntry("e7");
    await fireEvent.click(screen.getByTestId("hint-edit"));
    await type("edit-hint-field", "쓰다 만 힌ㅌ");
    await waitFor(() => expect(kept()[0]?.text).toBe("쓰다 만 힌ㅌ"));
    const { goToday } = await import("../../state/navigation.svelte");
    goToday();
    const text = await offered();
    expect(text.getByText("힌트 · 쓰다 멈춤")).toBeTruthy();
    await fireEvent.click(text.getByTestId("unsaved-open"));
    await waitFor(() => expect(field("edit-hint-field").value).toBe("쓰다 만 힌ㅌ"));
    await fireEvent.click(screen.getByTestId("edit-save"));
    await waitFor(() => expect(kept()).toEqual([]));
    expect(byId("e7").hint).toBe("쓰다 만 힌ㅌ");
  });

  it("of category and topic opens with both", async () => {
    const base = `${byId("e8").categories.join(", ")}\n${byId("e8").topic}`;
    keep({ entry: "e8", part: "category", text: "CS\n새 주제", base });
    await startAgain();
    const text = await offered();
    expect(text.getByText("CS, 새 주제")).toBeTruthy();
    await fireEvent.click(text.getByTestId("unsaved-open"));
    await waitFor(() => expect(field("edit-category-field").value).toBe("CS"));
    expect(field("edit-topic-field").value).toBe("새 주제");
    await fireEvent.click(screen.getByTestId("edit-cancel"));
    await waitFor(() => expect(kept()).toEqual([]));
  });
});

describe("a question that is yet to be added", () => {
  it("is kept while it is typed, and the dialog opens with it after a crash", async () => {
    const { openAdd, closeDialog } = await import("../../state/ui.svelte");
    openAdd();
    await waitFor(() => screen.getByTestId("add-dialog"));
    await type("add-question", "아직 더하지 않은 질문");
    await type("add-hint", "그 힌트");
    await waitFor(() => expect(kept()[0]?.text).toContain("그 힌트"));
    closeDialog();
    (await import("../add/kept")).forgetTyped();
    await startAgain();
    const text = await offered();
    expect(text.getByTestId("unsaved-open").textContent).toBe("아직 더하지 않은 질문");
    await fireEvent.click(text.getByTestId("unsaved-open"));
    await waitFor(() => expect(field("add-question").value).toBe("아직 더하지 않은 질문"));
    expect(field("add-hint").value).toBe("그 힌트");
    await fireEvent.click(screen.getByTestId("add-submit"));
    await waitFor(() => expect(kept()).toEqual([]));
    expect(entries.some(({ question }) => question === "아직 더하지 않은 질문")).toBe(true);
  });
});

describe("a text that is dropped while its entry still has it", () => {
  it("is gone from the form and from the editor", async () => {
    await openEntry("e11");
    await fireEvent.click(screen.getByTestId("hint-edit"));
    await type("edit-hint-field", "버릴 힌트");
    await waitFor(() => expect(kept()).toHaveLength(1));
    const { goToday } = await import("../../state/navigation.svelte");
    goToday();
    await fireEvent.click((await offered()).getByTestId("unsaved-drop"));
    await gone("unsaved");
    await openEntry("e11");
    expect(screen.queryByTestId("edit-hint-field")).toBeNull();
    expect(kept()).toEqual([]);
  });

  it("leaves nothing unsaved where the question is gone, too", async () => {
    const { current, edited } = await import("../../state/entry.svelte");
    const { unsaved } = await import("../../state/edited-texts");
    await openEntry("e12");
    edited("e12", "갈 곳 없는 글");
    entries.splice(entries.indexOf(byId("e12")), 1);
    await waitFor(() => expect(current.save.kind).toBe("gone"));
    expect(unsaved()).toBe(true);
    const { goToday } = await import("../../state/navigation.svelte");
    goToday();
    const text = await offered();
    await waitFor(() => expect(text.getByText("답안 · 쓰던 자리가 파일에서 사라짐")).toBeTruthy());
    await fireEvent.click(text.getByTestId("unsaved-drop"));
    await gone("unsaved");
    expect(unsaved()).toBe(false);
  });
});
