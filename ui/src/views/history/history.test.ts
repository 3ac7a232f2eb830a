import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { byId, entries } from "../../../dev/mock-book";
import {
  composed,
  ctrl,
  ctrlShift,
  focusIs,
  gone,
  openEntry,
  openWindow,
  press,
  see,
  toasted,
  type,
} from "../../../dev/test-app";

beforeAll(openWindow, 60_000);

const rows = () => screen.getAllByTestId("history-version");
const chosen = () => rows().find((row) => row.getAttribute("aria-selected") === "true");
/** Presses the button of the notice that says `text`. */
async function follow(text: string): Promise<void> {
  const notice = screen.getAllByTestId("toast").find((one) => one.textContent?.includes(text));
  const button = notice?.querySelector("button");
  if (!button) throw new Error(`no notice says ${text}`);
  await fireEvent.click(button);
}

/** Opens the history of an entry beside its sheet. */
async function openHistory(id: string): Promise<void> {
  await openEntry(id);
  if (!screen.queryByTestId("history")) await press("KeyH", ctrlShift);
  // The view is fetched when it is first wanted.
  await waitFor(() => screen.getByTestId("history"), { timeout: 10_000 });
}

/** Runs a command from the palette, found by what it is called. */
async function command(words: string): Promise<void> {
  await press("KeyK", ctrl);
  await waitFor(() => screen.getByTestId("palette-input"));
  await type("palette-input", words);
  await press("Enter");
}

describe("the history of an entry", () => {
  beforeEach(async () => {
    await openHistory("e1");
    await waitFor(() => screen.getByTestId("history-list"));
  });

  it("lists its versions, the newest chosen, and the keys are in the list", async () => {
    await waitFor(() => expect(rows().length).toBeGreaterThan(2));
    expect(chosen()).toBe(rows()[0]);
    expect(rows()[0]?.textContent).toContain("고쳐 쓰기 전");
    expect(screen.getByTestId("history-fold").textContent).toContain("6개");
    (screen.getByTestId("history-list") as HTMLElement).focus();
    await press("End");
    await waitFor(() => expect(chosen()).toBe(rows().at(-1)));
    await press("ArrowUp", composed);
    expect(chosen()).toBe(rows().at(-1));
    await press("Home");
    await press("ArrowDown");
    const fold = screen.getByTestId("history-fold");
    expect(screen.getByTestId("history-list").getAttribute("aria-activedescendant")).toBe(fold.id);
    await press("Enter");
    await gone("history-fold");
    await press("Enter");
    await focusIs("history-detail");
  });

  it("sets the chosen version beside now, word by word", async () => {
    (screen.getByTestId("history-list") as HTMLElement).focus();
    await press("End");
    await press("ArrowUp");
    await waitFor(() => expect(screen.getAllByTestId("history-part").length).toBe(2));
    const parts = screen.getAllByTestId("history-part").map((part) => part.dataset.part);
    expect(parts).toEqual(["hint", "answer"]);
    expect(document.querySelector('[data-part="answer"] del')?.textContent).toContain("그때만: ");
    expect(document.querySelector('[data-part="hint"] ins')?.textContent).toContain("지금만: ");
  });

  it("puts one part back, and takes that back again", async () => {
    const before = { ...byId("e1") };
    (screen.getByTestId("history-list") as HTMLElement).focus();
    await press("End");
    await press("ArrowUp");
    await waitFor(() => expect(screen.getAllByTestId("history-part").length).toBe(2));
    await fireEvent.click(screen.getByTestId("restore-answer"));
    await toasted("되돌렸습니다");
    expect(byId("e1").answer).toBe("재시도는 세 번까지 합니다.");
    expect(byId("e1").hint).toBe(before.hint);
    await see("editor", "재시도는 세 번까지 합니다.");
    await focusIs("history-list");
    await follow("되돌렸습니다");
    await toasted("되돌리기 전의 글로");
    expect(byId("e1").answer).toBe(before.answer);
    await see("editor", "배송 알림");
  });

  it("refuses while the text of now is another than was shown", async () => {
    await waitFor(() =>
      expect(screen.getByTestId("history-detail").getAttribute("aria-busy")).toBe("false"),
    );
    (screen.getByTestId("history-list") as HTMLElement).focus();
    await press("End");
    await waitFor(() => screen.getByTestId("restore-all"));
    await waitFor(() =>
      expect(screen.getByTestId("restore-all")).toHaveProperty("disabled", false),
    );
    // Another program writes; the window has not heard of it yet.
    byId("e1").answer = "밖에서 방금 고친 글";
    await fireEvent.click(screen.getByTestId("restore-all"));
    await toasted("보는 사이에");
    expect(byId("e1").answer).toBe("밖에서 방금 고친 글");
    const shown = () => screen.getAllByTestId("history-diff").map((one) => one.textContent);
    await waitFor(() => expect(shown().join()).toContain("밖에서"));
  });

  it("goes with the entry on the sheet, and closes by its key", async () => {
    await openEntry("e9");
    await waitFor(() => screen.getByTestId("history-none"));
    await press("KeyH", ctrlShift);
    await gone("history");
    await focusIs("editor");
  });

  it("has what the window itself replaces", async () => {
    await openHistory("e9");
    const { editTo, beginEdit, saveEdit } = await import("../../state/edits.svelte");
    const { current } = await import("../../state/entry.svelte");
    if (!current.page) throw new Error("no entry");
    const { question } = current.page.entry;
    const edit = beginEdit(current.page, "question");
    if (!edit) throw new Error("no edit");
    editTo(edit, { text: "고쳐 물은 질문" });
    await saveEdit(edit);
    await waitFor(() => expect(rows()[0]?.dataset.cause).toBe("saved"));
    await waitFor(() =>
      expect(screen.getByTestId("history-diff").textContent).toContain(question.slice(0, 3)),
    );
  });
});

describe("what was deleted", () => {
  it("comes back from the notice at once", async () => {
    await openEntry("e12");
    const { question } = byId("e12");
    await press("Backspace", ctrlShift);
    await waitFor(() => screen.getByTestId("delete-dialog"));
    await fireEvent.click(screen.getByTestId("delete-dialog-run"));
    await toasted("지웠습니다");
    expect(entries.some(({ id }) => id === "e12")).toBe(false);
    await follow("지웠습니다");
    await see("question", question);
    expect(byId("e12").question).toBe(question);
  });

  it("is listed and comes back from there", async () => {
    await command("지운 문제");
    await see("history-title", "지운 문제와 글");
    await waitFor(() => expect(rows()).toHaveLength(1));
    await focusIs("history-list");
    await see("history-then", "지난주에 지운 질문은");
    await fireEvent.click(screen.getByTestId("restore-all"));
    await toasted("되살렸습니다");
    await waitFor(() => screen.getByTestId("history-none"));
    expect(entries.some(({ question }) => question.startsWith("지난주에"))).toBe(true);
    await follow("되살렸습니다");
    await see("question", "지난주에 지운 질문은");
  });
});

describe("the page of the history", () => {
  it("shows a post's, and Escape leads back", async () => {
    await openEntry("e1");
    await command("글의 기록");
    await see("history-title", "이 글의 기록");
    await waitFor(() => expect(rows().length).toBeGreaterThan(3));
    await press("Escape");
    await gone("history-title");
    await focusIs("editor");
  });

  it("opens the entry of a version", async () => {
    await command("지운 문제");
    await see("history-title", "지운 문제와 글");
    const { openHistory } = await import("../../state/navigation.svelte");
    await openHistory({ kind: "folder", show: "all" });
    await see("history-title", "노트북의 기록");
    await waitFor(() => screen.getByTestId("history-open"));
    await fireEvent.click(screen.getByTestId("history-open"));
    await gone("history-title");
    await waitFor(() => screen.getByTestId("editor"));
  });
});

describe("the limits of the history", () => {
  it("are set in the settings; nonsense is not", async () => {
    const { settings } = await import("../../state/settings.svelte");
    await press("Comma", ctrl);
    await fireEvent.click(await waitFor(() => screen.getByTestId("settings-history")));
    const days = await waitFor(() => screen.getByTestId<HTMLInputElement>("set-history-days"));
    expect(days.value).toBe("365");
    await fireEvent.change(days, { target: { value: "30" } });
    expect(settings.history_days).toBe(30);
    await fireEvent.change(days, { target: { value: "0" } });
    expect(settings.history_days).toBe(30);
    expect(days.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByTestId("set-history-days-wrong").textContent).toContain("36,500");
    await press("Escape");
    await gone("settings");
  });
});
