// The search, the palette and what they leave in the window.

import { key, opens, type Place, search, see, sheet } from "../steps";

export const searchPlaces: readonly Place[] = [
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
    name: "search-filter-menu",
    steps: async (page) => {
      await search(page, "캐시", "search-preview");
      await page.getByTestId("search-filter-category").click();
      await see(page, "search-filter-choice");
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
  { name: "long-search", query: "long", steps: (page) => search(page, "캐시", "search-preview") },
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
    name: "palette-commands",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+k", "palette-list")(page);
      await page.keyboard.type("menu");
      await see(page, "palette-command-menuBar");
    },
  },
  {
    name: "search-behind",
    query: "indexing",
    steps: (page) => search(page, "캐시", "search-preview"),
  },
];
