// Dialogs that change something or print it, and the settings.

import { key, opens, type Place, paste, see, settings, sheet } from "../steps";

export const dialogsPlaces: readonly Place[] = [
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
    name: "settings-found",
    steps: async (page) => {
      await opens("Control+,", "settings")(page);
      await page.keyboard.type("theme");
      await see(page, "key-theme.dark");
    },
  },
  {
    name: "settings-none",
    steps: async (page) => {
      await opens("Control+,", "settings")(page);
      await page.keyboard.type("qqq");
      await see(page, "settings-none");
    },
  },
  { name: "settings-history", steps: settings("history", "set-history-days") },
  { name: "settings-keys", steps: settings("keys", "key-today") },
  {
    name: "settings-keys-conflict",
    steps: async (page) => {
      await settings("keys", "key-search")(page);
      await page.getByTestId("key-search").click();
      await key(page, "Control+e");
      await see(page, "key-conflict");
    },
  },
  { name: "settings-language", steps: settings("language", "settings-language") },
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
  { name: "libraries", steps: opens("Control+Alt+o", "library") },
  {
    name: "day-lack",
    steps: async (page) => {
      await opens("Control+Shift+n", "day-dialog")(page);
      await page.getByTestId("day-date").fill("내일");
      await key(page, "Enter");
      await page.locator('[data-testid="day-date"][aria-invalid="true"]').waitFor();
    },
  },
  {
    name: "new-post-lack",
    steps: async (page) => {
      await opens("Control+Alt+n", "post-dialog")(page);
      await page.getByTestId("post-date").fill("5월");
      await page.getByTestId("post-dialog-run").click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
  {
    name: "move-lack",
    query: sheet,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+Shift+d", "move-dialog")(page);
      await page.getByTestId("move-date").fill("2025-13-40");
      await page.getByTestId("move-dialog-run").click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
  {
    name: "export-nopages",
    query: `${sheet}&nopages`,
    steps: async (page) => {
      await see(page, "editor");
      await opens("Control+e", "export-preview-error")(page);
    },
  },
];
