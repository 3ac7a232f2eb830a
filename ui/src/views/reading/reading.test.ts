import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, describe, expect, it } from "vitest";
import { byId } from "../../../dev/mock-book";
import {
  ctrl,
  ctrlShift,
  field,
  focusIs,
  gone,
  openEntry,
  openWindow,
  press,
  see,
  type,
} from "../../../dev/test-app";

const book = "_posts/books/2025-02-11-읽은 책.md";

/** Changes a file as another program would. */
const outside = globalThis as unknown as { rewrite(path: string, title: string | null): void };

beforeAll(openWindow, 60_000);

async function openBook(): Promise<void> {
  const { openPost } = await import("../../state/navigation.svelte");
  await openPost(book);
  await see("post-page-title", "읽은 책");
}

describe("a post without questions", () => {
  it("opens from the tree, section by section, the focus on its title", async () => {
    await press("Digit3", ctrl);
    const row = await waitFor(() => {
      const found = screen
        .getAllByTestId("post-row")
        .find((one) => /읽은 책/.test(one.textContent));
      if (!found) throw new Error("the post is not listed");
      return found;
    });
    await fireEvent.click(row);
    await focusIs("post-page-title");
    const sections = screen.getAllByTestId("post-section");
    expect(sections).toHaveLength(5);
    expect(screen.getByTestId("post-page").textContent).toContain("두 번째 읽고 나서 적는다");
    // The title of the page is the only heading of the first level.
    const headings = [...document.querySelectorAll(".post :is(h1, h2, h3, h4)")];
    expect(headings.map(({ tagName }) => tagName)).toEqual(["H1", "H2", "H3", "H2", "H2"]);
    for (const section of sections) {
      const id = section.getAttribute("aria-labelledby");
      expect(
        section.getAttribute("aria-label") ?? document.getElementById(id ?? "")?.textContent,
      ).toBeTruthy();
    }
    expect(row.closest('[role="treeitem"]')?.getAttribute("aria-selected")).toBe("true");
  });

  it("leads from its outline to a section", async () => {
    await openBook();
    const lines = [...screen.getByTestId("post-outline").querySelectorAll("li button")];
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      "1장 이름 짓기",
      "다시 볼 곳",
      "2장 함수",
      "3장 오류 다루기",
    ]);
    await fireEvent.click(lines[2] as Element);
    expect(document.activeElement?.textContent).toBe("2장 함수");
  });

  it("goes back with Escape to where it was opened", async () => {
    await openEntry("e1");
    await openBook();
    await press("Escape");
    await gone("post-page");
    await focusIs("editor");
    await press("Digit0", ctrl);
    await waitFor(() => screen.getByTestId("today"));
    await openBook();
    await fireEvent.click(screen.getByTestId("post-back"));
    await waitFor(() => screen.getByTestId("today"));
    expect(screen.queryByTestId("post-page")).toBeNull();
  });

  it("opens from a hit of the search at the section that was hit", async () => {
    await press("KeyF", ctrlShift);
    await focusIs("search-input");
    await type("search-input", "삼킨 오류");
    await waitFor(
      () => screen.getByTestId("search-dialog").querySelector("mark") ?? Promise.reject(),
    );
    await press("Enter");
    await gone("search-dialog");
    await see("post-page-title", "읽은 책");
    await waitFor(() => expect(document.activeElement?.textContent).toBe("3장 오류 다루기"));
  });

  it("opens from the quick switch at the section", async () => {
    await press("KeyP", ctrl);
    await focusIs("palette-input");
    await type("palette-input", "토론에서");
    await waitFor(() => expect(screen.getByTestId("palette-entry").textContent).toContain("1장"));
    await press("Enter");
    await gone("palette-dialog");
    await waitFor(() => expect(document.activeElement?.textContent).toBe("1장 이름 짓기"));
  });

  it("follows changes of its file, and keeps what was read when that goes", async () => {
    await openBook();
    outside.rewrite(book, "덧붙인 머리말");
    await see("post-page", "덧붙인 머리말");
    outside.rewrite(book, null);
    await waitFor(() => screen.getByTestId("post-gone"));
    expect(screen.getByTestId("post-page").textContent).toContain("덧붙인 머리말");
  });
});

describe("a post with questions", () => {
  it("is shown whole from one of them, and leads back to any", async () => {
    await openEntry("e1");
    await press("KeyP", ctrlShift);
    await focusIs("post-page-title");
    const questions = screen.getAllByTestId("post-question");
    const { question } = byId("e2");
    const found = questions.find((one) => one.textContent.includes(question));
    await fireEvent.click(found as Element);
    await gone("post-page");
    await see("question", question);
  });

  it("says that it is only read, and what is odd in it", async () => {
    const { openPostPage } = await import("../../state/navigation.svelte");
    await openPostPage("_posts/interview/2025-03-매일 답하기.md");
    await waitFor(() => screen.getByTestId("locked"));
    await fireEvent.click(screen.getByTestId("convert"));
    await gone("locked");
    await openPostPage(byId("e0").path);
    await fireEvent.click(await waitFor(() => screen.getByTestId("post-odd-open")));
    await see("odd", "머리글이 올바른 YAML이 아닙니다");
  });
});

describe("a day without questions", () => {
  it("is listed right after it was added, and asks for its first question", async () => {
    await press("KeyN", ctrlShift);
    await focusIs("day-date");
    await type("day-date", "2025-06-03");
    await press("Enter");
    await gone("day-dialog");
    await press("Digit1", ctrl);
    const bare = await waitFor(() => screen.getByTestId("bare-day"));
    expect(bare.textContent).toContain("질문 없음");
    expect(bare.getAttribute("role")).toBe("option");
    await focusIs("day-list");
    await press("Home");
    await press("ArrowUp");
    expect(bare.getAttribute("aria-selected")).toBe("true");
    expect(document.activeElement?.getAttribute("aria-activedescendant")).toBe(bare.id);
    await press("Enter");
    await waitFor(() => screen.getByTestId("add-dialog"));
    expect(field("add-date").value).toBe("2025-06-03");
    await type("add-question", "첫 질문은 무엇인가요?");
    await fireEvent.click(screen.getByTestId("add-submit"));
    await gone("add-dialog");
    await gone("bare-day");
    await see("question", "첫 질문은 무엇인가요?");
  });
});
