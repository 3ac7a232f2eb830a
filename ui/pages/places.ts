// Every page and dialog of the window, and how one gets there from its start.

import type { Page } from "playwright-core";

export interface Place {
  name: string;
  /** What is added to the address; see `dev/mock-core.ts`. */
  query?: string;
  steps?: (page: Page) => Promise<unknown>;
  /** Width of the window in pixels, where the page needs its own. */
  width?: number;
}

const see = (page: Page, testid: string) => page.getByTestId(testid).first().waitFor();
/** Brings the side column into view where the window has no room for it. */
async function side(page: Page): Promise<void> {
  const list = page.getByTestId("rail-list");
  if (await list.isVisible()) await list.click();
}

const key = (page: Page, keys: string) => page.keyboard.press(keys);

/** Presses `keys` and waits for what they open. */
const opens = (keys: string, testid: string) => async (page: Page) => {
  await key(page, keys);
  await see(page, testid);
};

/** Opens the dialog for a new question by its key, and pastes a text into it. */
async function paste(page: Page): Promise<void> {
  await opens("Control+n", "add-dialog")(page);
  await page.getByRole("dialog").getByRole("radio").nth(1).check({ force: true });
  await page
    .getByTestId("add-paste")
    .fill("안녕하세요, 오늘의 질문입니다.\n\nQ1. 낙관적 락과 비관적 락은 무엇이 다른가요?\n");
  await see(page, "add-card");
}

async function search(page: Page, words: string, then: string): Promise<void> {
  await opens("Control+Shift+f", "search-input")(page);
  await page.getByTestId("search-input").fill(words);
  await see(page, then);
}

/** Leaves two texts for the answer that is shown. */
async function conflict(page: Page): Promise<void> {
  await see(page, "editor");
  await page.keyboard.type("여기서 쓰던 글입니다. ");
  await page.evaluate(() => {
    const { outside } = globalThis as unknown as { outside: (id: string, text: string) => void };
    outside("e1", "밖에서 고친 글입니다.");
  });
  await see(page, "conflict");
}

async function gone(page: Page): Promise<void> {
  await see(page, "editor");
  await page.keyboard.type("여기서 쓰던 글입니다. ");
  await page.evaluate(() => {
    (globalThis as unknown as { remove: (id: string) => void }).remove("e1");
  });
  await see(page, "save-gone");
}

async function bookNote(page: Page): Promise<void> {
  await key(page, "Control+3");
  await page.getByText("읽은 책.md").click();
  await see(page, "post-page");
}

/** Opens a post with drawings and waits until each is drawn, or said not to be. */
export async function drawings(page: Page, post = "그림.md"): Promise<void> {
  await side(page);
  await key(page, "Control+3");
  await page.getByText(post).click();
  await see(page, "post-page");
  await page.waitForFunction(() => {
    const all = [...document.querySelectorAll("pre[data-drawing]")];
    return all.length > 0 && all.every((one) => one.closest(".drawing"));
  });
}

async function historyPane(page: Page): Promise<void> {
  await see(page, "editor");
  await opens("Control+Shift+h", "history-list")(page);
}

async function fromPalette(page: Page, command: string): Promise<void> {
  await opens("Control+k", "palette-input")(page);
  await page.getByTestId(`palette-command-${command}`).click();
}

const sheet = "entry=e1";

export const places: readonly Place[] = [
  { name: "first", query: "first" },
  { name: "today", steps: (page) => see(page, "today-entry") },
  { name: "today-unsaved", query: "drafts", steps: (page) => see(page, "unsaved") },
  {
    name: "today-watching",
    query: "watching=limit",
    steps: async (page) => {
      await side(page);
      await page.getByTestId("watching").click();
    },
  },
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
    name: "calendar",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+2", "calendar")(page);
    },
  },
  { name: "posts", steps: opens("Control+3", "post-tree") },
  { name: "post", steps: bookNote },
  { name: "post-drawings", query: "drawings", steps: drawings },
  {
    name: "post-drawings-narrow",
    query: "drawings",
    steps: async (page) => {
      await drawings(page);
      await page.locator(".drawing summary").first().press("Enter");
    },
    width: 640,
  },
  {
    name: "post-drawings-kinds",
    query: "drawings",
    steps: (page) => drawings(page, "그림의 갈래.md"),
  },
  {
    name: "post-locked",
    steps: async (page) => {
      await key(page, "Control+3");
      await page.getByText("2025-03-매일 답하기.md").click();
      await see(page, "locked");
    },
  },
  {
    name: "filter-menu",
    steps: async (page) => {
      await side(page);
      await page.getByTestId("filter-category").click();
      await page.getByRole("menuitemradio").first().waitFor();
    },
  },
  {
    name: "filtered",
    query: sheet,
    steps: async (page) => {
      await side(page);
      await page.getByTestId("filter-category").click();
      await page.getByRole("menuitemradio").nth(1).click();
      await see(page, "entry-row");
    },
  },
  {
    name: "notebook-menu",
    steps: async (page) => {
      await side(page);
      await page.locator(".library").click();
      await page.getByRole("menu").waitFor();
    },
  },
  { name: "search", steps: opens("Control+Shift+f", "search-start") },
  { name: "search-hits", steps: (page) => search(page, "캐시", "search-preview") },
  { name: "search-none", steps: (page) => search(page, "쿠버네티스쿠버", "search-none") },
  { name: "search-chips", steps: (page) => search(page, "분류:Backend 캐시", "search-chip") },
  {
    name: "search-complete",
    steps: async (page) => {
      await opens("Control+Shift+f", "search-input")(page);
      await page.keyboard.type("category:");
      await see(page, "search-completions");
    },
  },
  {
    name: "search-beside",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await search(page, "캐시", "search-preview");
      await key(page, "Control+Enter");
      await see(page, "beside");
    },
  },
  {
    name: "matches",
    steps: async (page) => {
      await search(page, "캐시", "search-preview");
      await key(page, "Enter");
      await see(page, "matches");
    },
  },
  {
    name: "palette",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+k", "palette-list")(page);
    },
  },
  {
    name: "palette-none",
    steps: async (page) => {
      await opens("Control+k", "palette-list")(page);
      await page.keyboard.type("qqqqqq");
      await see(page, "palette-none");
    },
  },
  { name: "quick", steps: opens("Control+p", "palette-entry") },
  {
    name: "export",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+e", "export-dialog")(page);
    },
  },
  {
    name: "export-running",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+e", "export-dialog")(page);
      await page.getByTestId("export-run").click();
      await see(page, "export-progress");
    },
  },
  {
    name: "export-done",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+e", "export-dialog")(page);
      await page.getByTestId("export-run").click();
      await see(page, "export-result");
    },
  },
  { name: "settings", steps: opens("Control+,", "settings") },
  {
    name: "settings-history",
    steps: async (page) => {
      await opens("Control+,", "settings")(page);
      await page.getByTestId("settings-history").click();
      await see(page, "set-history-days");
    },
  },
  {
    name: "settings-keys",
    steps: async (page) => {
      await opens("Control+,", "settings")(page);
      await page.getByTestId("settings-keys").click();
      await see(page, "key-today");
    },
  },
  {
    name: "settings-keys-conflict",
    steps: async (page) => {
      await opens("Control+,", "settings")(page);
      await page.getByTestId("settings-keys").click();
      await page.getByTestId("key-search").click();
      await key(page, "Control+e");
      await see(page, "key-conflict");
    },
  },
  {
    name: "settings-language",
    steps: async (page) => {
      await opens("Control+,", "settings")(page);
      await page.getByTestId("settings-language").click();
    },
  },
  {
    name: "search-filter-menu",
    steps: async (page) => {
      await search(page, "캐시", "search-preview");
      await page.getByTestId("search-filter-category").click();
      await see(page, "search-filter-choice");
    },
  },
  { name: "add", steps: opens("Control+n", "add-dialog") },
  { name: "add-paste", steps: paste },
  {
    name: "move",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Shift+d", "move-dialog")(page);
    },
  },
  {
    name: "delete",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Shift+Backspace", "delete-dialog")(page);
    },
  },
  { name: "day", steps: opens("Control+Shift+n", "day-dialog") },
  { name: "new-post", steps: opens("Control+Alt+n", "post-dialog") },
  {
    name: "toast",
    steps: async (page) => {
      await key(page, "Control+3");
      await page.getByText("한 해.md").click();
      await see(page, "toast");
    },
  },
  {
    name: "drawer",
    query: sheet,
    width: 720,
    steps: async (page) => {
      await see(page, "editor");
      await page.getByTestId("rail-list").click();
      await see(page, "entry-row");
    },
  },
  { name: "missing", query: "missing", steps: (page) => see(page, "toast") },
  { name: "empty", query: "empty", steps: (page) => page.locator(".days--none").waitFor() },
  {
    name: "loading",
    query: "slow",
    steps: (page) => page.locator('[aria-busy="true"]').first().waitFor(),
  },
  { name: "long", query: "long&entry=e1", steps: (page) => see(page, "editor") },
  { name: "long-today", query: "long", steps: (page) => see(page, "today-entry") },
  { name: "long-search", query: "long", steps: (page) => search(page, "캐시", "search-preview") },
  { name: "long-posts", query: "long", steps: opens("Control+3", "post-tree") },
  {
    name: "long-compare",
    query: "long&entry=e1",
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Shift+Enter", "compare-pairs")(page);
    },
  },
  { name: "big", query: "big", steps: (page) => see(page, "today-entry") },
];
