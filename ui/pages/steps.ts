// How one gets to a page or dialog of the window from its start.

import type { Page } from "playwright-core";

export interface Place {
  name: string;
  /** What is added to the address; see `dev/mock-core.ts`. */
  query?: string;
  steps?: (page: Page) => Promise<unknown>;
  /** Width of the window in pixels, where the page needs its own. */
  width?: number;
}

/** The address of an entry with hint, answer and model answer. */
export const sheet = "entry=e1";

export const see = (page: Page, testid: string) => page.getByTestId(testid).first().waitFor();
/** Brings the side column into view where the window has no room for it. */
export async function side(page: Page): Promise<void> {
  const list = page.getByTestId("rail-list");
  if (await list.isVisible()) await list.click();
}

export const key = (page: Page, keys: string) => page.keyboard.press(keys);

/** Presses `keys` and waits for what they open. */
export const opens = (keys: string, testid: string) => async (page: Page) => {
  await key(page, keys);
  await see(page, testid);
};

/** Opens the dialog for a new question by its key, and pastes a text into it. */
export async function paste(page: Page): Promise<void> {
  await opens("Control+n", "add-dialog")(page);
  await page.getByRole("dialog").getByRole("radio").nth(1).check({ force: true });
  await page
    .getByTestId("add-paste")
    .fill("안녕하세요, 오늘의 질문입니다.\n\nQ1. 낙관적 락과 비관적 락은 무엇이 다른가요?\n");
  await see(page, "add-card");
}

export async function search(page: Page, words: string, then: string): Promise<void> {
  await opens("Control+Shift+f", "search-input")(page);
  await page.getByTestId("search-input").fill(words);
  await see(page, then);
}

/** Leaves two texts for the answer that is shown. */
export async function conflict(page: Page): Promise<void> {
  await see(page, "editor");
  await page.keyboard.type("여기서 쓰던 글입니다. ");
  await page.evaluate(() => {
    const { outside } = globalThis as unknown as { outside: (id: string, text: string) => void };
    outside("e1", "밖에서 고친 글입니다.");
  });
  await see(page, "conflict");
}

export async function gone(page: Page): Promise<void> {
  await see(page, "editor");
  await page.keyboard.type("여기서 쓰던 글입니다. ");
  await page.evaluate(() => {
    (globalThis as unknown as { remove: (id: string) => void }).remove("e1");
  });
  await see(page, "save-gone");
}

export async function bookNote(page: Page): Promise<void> {
  await key(page, "Control+3");
  await page.getByText("읽은 책.md").click();
  await see(page, "post-page");
}

export async function historyPane(page: Page): Promise<void> {
  await see(page, "editor");
  await opens("Control+Shift+h", "history-list")(page);
}

export async function fromPalette(page: Page, command: string): Promise<void> {
  await opens("Control+k", "palette-input")(page);
  await page.getByTestId(`palette-command-${command}`).click();
}

/** Shows the post of the entry as a text. */
export async function source(page: Page): Promise<void> {
  await see(page, "editor");
  await opens("Control+Shift+s", "source-editor")(page);
}

/** Opens the settings at one of their pages, and waits for `then`. */
export const settings = (tab: string, then: string) => async (page: Page) => {
  await opens("Control+,", "settings")(page);
  await page.getByTestId(`settings-${tab}`).click();
  await see(page, then);
};

/** Chooses the user's own past answers in the comparison of the entry. */
export async function past(page: Page, then: string): Promise<void> {
  await see(page, "editor");
  await opens("Control+Shift+Enter", "compare")(page);
  await page.locator('.bar input[value="past"]').check({ force: true });
  await see(page, then);
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
