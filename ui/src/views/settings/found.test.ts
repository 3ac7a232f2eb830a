import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, expect, it, test } from "vitest";
import { ctrl, focusIs, gone, openWindow, press, see, type } from "../../../dev/test-app";
import { findSettings } from "./found";
import { settingRows } from "./rows";

const ids = (query: string) => {
  const { rows, keys } = findSettings(query);
  return [...rows.flatMap((page) => page.rows.map(({ id }) => id)), ...keys.map(({ id }) => id)];
};

test.each([
  ["테마", ["theme", "theme.light", "theme.dark", "theme.system"]],
  ["ruled", ["ruling"]],
  ["답안지", ["ruling"]],
  ["운영체제", ["theme", "language"]],
  ["english", ["language"]],
  ["보관", ["historyDays", "historySize"]],
  ["Ctrl+,", ["settings"]],
  ["테마 language", []],
  ["", []],
])("%j finds %j", (query, expected) => {
  expect(ids(query)).toEqual(expected);
});

test("every setting is found by its page", () => {
  const pages = ["모양", "기록", "언어"].flatMap((page) => ids(page));
  for (const { id } of settingRows) expect(pages).toContain(id);
});

beforeAll(openWindow, 60_000);

it("shows what is found, sets it there, and goes back to the pages", async () => {
  await press("Comma", ctrl);
  await waitFor(() => screen.getByTestId("settings-find"));
  await type("settings-find", "dark");
  await see("settings-told", "설정 2개");
  expect(screen.getByTestId("settings-looks").getAttribute("aria-selected")).toBe("false");
  await fireEvent.click(screen.getByRole("radio", { name: "어둡게" }));
  expect(document.documentElement.dataset.theme).toBe("dark");
  await fireEvent.click(screen.getByTestId("settings-history"));
  await waitFor(() => screen.getByTestId("set-history-days"));
  expect(screen.getByTestId<HTMLInputElement>("settings-find").value).toBe("");
});

it("says that nothing is found; Escape takes the words away, then closes", async () => {
  await type("settings-find", "zzz");
  await see("settings-none", "zzz");
  await see("settings-told", "zzz");
  screen.getByTestId("settings-find").focus();
  await press("Escape");
  await focusIs("settings-find");
  expect(screen.getByTestId("settings-told").textContent).toBe("");
  expect(screen.getByTestId("settings")).toBeTruthy();
  await press("Escape");
  await gone("settings");
});
