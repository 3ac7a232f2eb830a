// An entry: on its sheet, in the comparison, and its history.

import {
  bookNote,
  conflict,
  fromPalette,
  gone,
  historyPane,
  key,
  opens,
  type Place,
  past,
  see,
  sheet,
  source,
} from "../steps";

export const sheetPlaces: readonly Place[] = [
  { name: "entry-empty", query: "entry=e0", steps: (page) => see(page, "editor") },
  { name: "entry", query: "entry=e3", steps: (page) => see(page, "model-text") },
  { name: "entry-placeholder", query: "entry=e2", steps: (page) => see(page, "editor") },
  {
    name: "entry-hint",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await key(page, "Control+.");
      await key(page, "Control+Enter");
    },
  },
  {
    name: "entry-failed",
    query: `${sheet}&fail=breaks_structure`,
    steps: async (page) => {
      await see(page, "editor");
      await page.keyboard.type("# 제목 ");
      await see(page, "save-failed");
    },
  },
  { name: "entry-conflict", query: sheet, steps: conflict },
  { name: "entry-gone", query: sheet, steps: gone },
  { name: "entry-markers", query: "entry=e0&conflicted", steps: (page) => see(page, "markers") },
  {
    name: "entry-menu",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await page.getByTestId("entry-menu").click();
      await see(page, "menu-move");
    },
  },
  {
    name: "edit-question",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("F2", "edit-question-field")(page);
    },
  },
  {
    name: "edit-about",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Shift+l", "edit-category-field")(page);
    },
  },
  {
    name: "edit-hint",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Shift+Period", "edit-hint-field")(page);
    },
  },
  {
    name: "edit-model",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Shift+a", "edit-model-field")(page);
    },
  },
  {
    name: "merge",
    query: sheet,
    steps: async (page) => {
      await conflict(page);
      await page.getByTestId("conflict-merge").click();
      await see(page, "merge-dialog");
    },
  },
  {
    name: "compare",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Shift+Enter", "compare-pairs")(page);
    },
  },
  {
    name: "compare-write",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Shift+Enter", "compare-pairs")(page);
      await page.getByTestId("compare-edit").click();
      await page.locator(".cm-content").first().waitFor();
    },
  },
  {
    name: "compare-empty",
    query: "entry=e0",
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Shift+Enter", "compare-empty")(page);
    },
  },
  {
    name: "long-compare",
    query: "long&entry=e1",
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Shift+Enter", "compare-pairs")(page);
    },
  },
  { name: "history", query: sheet, steps: historyPane },
  {
    name: "history-page",
    query: sheet,
    steps: async (page) => {
      await historyPane(page);
      await page.getByTestId("history-expand").click();
      await see(page, "history-title");
    },
  },
  {
    name: "history-deleted",
    steps: async (page) => {
      await fromPalette(page, "deleted");
      await see(page, "history-title");
    },
  },
  {
    name: "compare-past",
    query: sheet,
    steps: (page) => past(page, "history-diff"),
  },
  {
    name: "compare-past-none",
    query: "entry=e30",
    steps: (page) => past(page, "compare-past"),
  },
  {
    name: "find",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+f", "find-input")(page);
      await page.keyboard.type("멱등");
      await page.locator(".find-mark").first().waitFor();
    },
  },
  {
    name: "find-replace",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Alt+f", "replace-input")(page);
      await page.getByTestId("find-input").fill("없는 말입니다");
    },
  },
  {
    name: "find-invalid",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Alt+f", "replace-input")(page);
      await page.getByTestId("find-regexp").click();
      await page.getByTestId("find-input").fill("(");
      await page.locator('[data-testid="find-input"][aria-invalid="true"]').waitFor();
    },
  },
  { name: "source", query: sheet, steps: source },
  {
    name: "source-find",
    query: sheet,
    steps: async (page) => {
      await source(page);
      await opens("Control+f", "find-input")(page);
      await page.keyboard.type("락");
      await page.locator(".find-mark").first().waitFor();
    },
  },
  {
    name: "source-locked",
    query: "entry=e150",
    steps: source,
  },
  {
    name: "source-conflict",
    query: sheet,
    steps: async (page) => {
      await source(page);
      await key(page, "Control+End");
      await page.keyboard.type("여기서 쓰던 글입니다. ");
      await page.evaluate(() => {
        const { writeBelow } = globalThis as unknown as {
          writeBelow: (path: string, text: string) => void;
        };
        writeBelow("_posts/interview/2025-05-매일 답하기.md", "밖에서 쓴 글입니다.\n");
      });
      await page.locator('.main__sheet:not([hidden]) [data-testid="conflict"]').waitFor();
    },
  },
  {
    name: "history-post",
    steps: async (page) => {
      await bookNote(page);
      await opens("Control+Shift+h", "history-title")(page);
    },
  },
];
