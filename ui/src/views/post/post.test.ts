import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, describe, expect, it } from "vitest";
import { added, byId, entries } from "../../../dev/mock-book";
import {
  composed,
  ctrl,
  ctrlShift,
  field,
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

describe("moving an entry", () => {
  it("wants a day other than its own", async () => {
    await openEntry("e0");
    await press("KeyD", ctrlShift);
    await focusIs("move-date");
    await press("Enter");
    expect(field("move-date").getAttribute("aria-invalid")).toBe("true");
    await type("move-date", "2025-02-30");
    expect(screen.getByTestId("move-dialog").textContent).toContain("없는 날짜");
    await type("move-date", byId("e0").date ?? "");
    expect(screen.getByTestId("move-dialog").textContent).toContain("이미 그날에");
    await press("Escape");
    await gone("move-dialog");
    await focusIs("editor");
  });

  it("goes to a day that is written, and the sheet goes along", async () => {
    await openEntry("e0");
    const { question } = byId("e0");
    await press("KeyD", ctrlShift);
    await focusIs("move-date");
    await type("move-date", "2025. 6. 1.");
    await press("Enter", composed);
    expect(screen.getByTestId("move-dialog")).toBeTruthy();
    await press("Enter");
    await gone("move-dialog");
    await see("question", question);
    // The mock gives a moved entry another key.
    expect(byId("e0m").date).toBe("2025-06-01");
    expect(document.querySelector(".form")?.textContent).toContain("2025. 6. 1.");
    await focusIs("editor");
  });

  it("goes to a day that is there, in another post", async () => {
    await openEntry("e8");
    await press("KeyD", ctrlShift);
    await focusIs("move-date");
    const [newest] = screen.getAllByTestId<HTMLInputElement>("move-day");
    if (!newest) throw new Error("no day is listed");
    await fireEvent.click(newest);
    expect(field("move-date").value).toBe(newest.value);
    const options = [...screen.getByTestId("move-post").querySelectorAll("option")];
    expect(options.map(({ value }) => value)).not.toContain(
      "_posts/interview/2025-03-매일 답하기.md",
    );
    const chosen = options.find(({ value }) => value.includes("2025-04"))?.value ?? "";
    await fireEvent.change(screen.getByTestId("move-post"), { target: { value: chosen } });
    await press("Enter", ctrl);
    await gone("move-dialog");
    expect(byId("e8m")).toMatchObject({ date: newest.value, path: chosen });
  });
});

describe("deleting an entry", () => {
  it("asks first, with the harmless choice under the finger", async () => {
    await openEntry("e10");
    screen.getByTestId("entry-menu").focus();
    await press("Backspace", ctrlShift);
    await focusIs("delete-dialog-cancel");
    const dialog = screen.getByRole("alertdialog");
    expect(dialog.textContent).toContain(byId("e10").question);
    expect(dialog.textContent).toContain("기록에 남습니다");
    await press("Escape");
    await gone("delete-dialog");
    expect(byId("e10")).toBeTruthy();
    await focusIs("entry-menu");
  });

  it("goes on to the neighbour, the cursor in its editor", async () => {
    await openEntry("e10");
    const at = entries.indexOf(byId("e10"));
    const neighbour = entries[at + 1];
    await press("Backspace", ctrlShift);
    await focusIs("delete-dialog-cancel");
    await press("Enter", { ...ctrl, ...composed });
    await press("Enter", ctrl);
    await gone("delete-dialog");
    expect(() => byId("e10")).toThrow();
    await see("question", neighbour?.question ?? "");
    await focusIs("editor");
    await toasted("지웠습니다");
  });

  it("does not take what changed since it was looked at", async () => {
    await openEntry("e11");
    await press("Backspace", ctrlShift);
    await focusIs("delete-dialog-cancel");
    byId("e11").hint = "밖에서 쓴 힌트";
    await fireEvent.click(screen.getByTestId("delete-dialog-run"));
    await see("delete-dialog-error", "다른 프로그램이");
    expect(byId("e11")).toBeTruthy();
    await press("Escape");
    await gone("delete-dialog");
  });
});

describe("days and posts", () => {
  it("are added from the entry's menu", async () => {
    await openEntry("e12");
    screen.getByTestId("entry-menu").focus();
    await press("Enter");
    const item = await waitFor(() => screen.getByTestId("menu-addDay"));
    await fireEvent.keyDown(item, { code: "End", key: "End" });
    await fireEvent.pointerMove(item, { pointerType: "mouse" });
    await fireEvent.pointerUp(item);
    await focusIs("day-date");
    await press("Enter");
    await gone("day-dialog");
    await toasted("날을 더했습니다");
    await focusIs("entry-menu");
  });

  it("a post takes a title and a day", async () => {
    await openEntry("e12");
    await press("KeyN", { ctrlKey: true, altKey: true });
    await focusIs("post-title");
    await type("post-title", "유월 답하기");
    await type("post-date", "2025-06-01");
    await press("Enter");
    await gone("post-dialog");
    expect(added).toContain("_posts/interview/2025-06-01-유월-답하기.md");
    await toasted("2025-06-01");
  });
});

describe("what is odd in a post", () => {
  it("is marked at the entry and listed on demand", async () => {
    await openEntry("e12");
    const mark = await waitFor(() => screen.getByTestId("odd-open"), { timeout: 3000 });
    expect(screen.queryByTestId("odd")).toBeNull();
    await fireEvent.click(mark);
    await see("odd", "머리글이 올바른 YAML이 아닙니다");
    expect(mark.getAttribute("aria-expanded")).toBe("true");
  });
});
