import { afterEach, expect, test, vi } from "vitest";
import { command, commands } from "../keys/commands";
import { chosen, menuGroups, notePress } from "./menus.svelte";
import { ui } from "./ui.svelte";

afterEach(() => {
  ui.dialog = null;
  vi.restoreAllMocks();
});

test("the menus hold every command of the palette once, with its key", () => {
  const listed = menuGroups().flatMap((group) => group.commands);
  const wanted = commands.filter(({ id, hidden }) => hidden !== true || id === "palette");
  expect(listed.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => id).sort());
  expect(listed.find(({ id }) => id === "search")).toEqual({
    id: "search",
    title: "어디서나 검색",
    label: "Ctrl+Shift+F",
    keys: "Mod-Shift-KeyF",
    enabled: false,
  });
  expect(menuGroups().every(({ title, commands: all }) => title !== "" && all.length > 0)).toBe(
    true,
  );
});

test("nothing of a menu can run while a dialog is open", () => {
  const enabled = () =>
    menuGroups().flatMap(({ commands: all }) => all.filter((one) => one.enabled));
  expect(enabled().map(({ id }) => id)).toContain("settings");
  ui.dialog = "settings";
  expect(enabled()).toEqual([]);
});

test("a choice runs its command, and a key that the page has heard not again", () => {
  const settings = command("settings");
  if (!settings) throw new Error("there are settings");
  const run = vi.spyOn(settings, "run").mockImplementation(() => {});
  chosen("settings");
  expect(run).toHaveBeenCalledTimes(1);
  const press = new KeyboardEvent("keydown", { code: "Comma", ctrlKey: true });
  notePress(press);
  chosen("settings", press.timeStamp + 5);
  expect(run).toHaveBeenCalledTimes(1);
  chosen("settings", press.timeStamp + 500);
  expect(run).toHaveBeenCalledTimes(2);
  notePress(new KeyboardEvent("keydown", { code: "KeyA" }));
  chosen("settings");
  expect(run).toHaveBeenCalledTimes(3);
  ui.dialog = "settings";
  chosen("settings");
  expect(run).toHaveBeenCalledTimes(3);
});
