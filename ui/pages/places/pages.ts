// Today, the side column and pages of posts.

import { bookNote, drawings, key, opens, type Place, see, sheet, side } from "../steps";

export const pagesPlaces: readonly Place[] = [
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
      // The source may bring a scroll bar and with it a narrower column, which is seen a frame later.
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
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
  { name: "long-posts", query: "long", steps: opens("Control+3", "post-tree") },
  { name: "big", query: "big", steps: (page) => see(page, "today-entry") },
  {
    name: "calendar-month",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+2", "calendar")(page);
      await page.locator("td:focus").waitFor();
      await key(page, "PageUp");
      await key(page, "Enter");
      await page.locator('td[aria-selected="true"]').waitFor();
    },
  },
  {
    name: "calendar-drawer",
    query: sheet,
    width: 720,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+2", "calendar")(page);
    },
  },
  { name: "folder-gone", query: "gone&entry=e1", steps: (page) => see(page, "folder-gone") },
];
