import { expect, test, vi } from "vitest";

vi.mock("@tauri-apps/api/core", () => ({ invoke: vi.fn(async () => null) }));
vi.mock("@tauri-apps/api/window", () => ({ getCurrentWindow: vi.fn() }));
vi.mock("@tauri-apps/api/event", () => ({ listen: vi.fn(async () => () => {}) }));

const { commands, handleKey, runCommand } = await import("./commands");
const { ui } = await import("../state/ui.svelte");
const { notebook } = await import("../state/notebook.svelte");

const press = (code: string, init: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { code, cancelable: true, ...init });

test("no two commands share a key or a name", () => {
  const keys = commands.flatMap((one) => one.keys ?? []);
  expect(keys).toEqual([...new Set(keys)]);
  const ids = commands.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

test("a key runs its command and keeps the engine's own meaning away", () => {
  const watching = {
    mode: "events" as const,
    reason: null,
    file_system: null,
    every_seconds: null,
    remedy: null,
  };
  notebook.opened = { name: "n", folder: "/n", sample: false, watching };
  const event = press("KeyK", { ctrlKey: true });
  expect(handleKey(event)).toBe(true);
  expect(event.defaultPrevented).toBe(true);
  expect(ui.dialog).toBe("palette");
  ui.dialog = null;
});

test("a command that cannot run now does nothing, yet its key is taken", () => {
  notebook.opened = null;
  const event = press("KeyP", { ctrlKey: true });
  expect(handleKey(event)).toBe(true);
  expect(event.defaultPrevented).toBe(true);
  expect(ui.dialog).toBeNull();
  expect(runCommand("quick")).toBe(false);
});

test("no command runs while composing", () => {
  const event = press("KeyK", { ctrlKey: true, isComposing: true });
  expect(handleKey(event)).toBe(false);
  expect(ui.dialog).toBeNull();
});

test.each([
  ["palette", "Mod-KeyK"],
  ["quick", "Mod-KeyP"],
  ["search", "Mod-Shift-KeyF"],
  ["today", "Mod-Digit0"],
  ["days", "Mod-Digit1"],
  ["calendar", "Mod-Digit2"],
  ["posts", "Mod-Digit3"],
  ["add", "Mod-KeyN"],
  ["addDay", "Mod-Shift-KeyN"],
  ["previous", "Mod-Shift-BracketLeft"],
  ["next", "Mod-Shift-BracketRight"],
  ["model", "Mod-Enter"],
  ["compare", "Mod-Shift-Enter"],
  ["history", "Mod-Shift-KeyH"],
  ["hint", "Mod-Period"],
  ["save", "Mod-KeyS"],
  ["export", "Mod-KeyE"],
  ["settings", "Mod-Comma"],
  ["side", "Mod-Backslash"],
  ["pane", "Mod-Shift-Backslash"],
  ["nextRegion", "F6"],
  ["previousRegion", "Shift-F6"],
])("%s has the key the design gives it", (id, keys) => {
  expect(commands.find((one) => one.id === id)?.keys).toBe(keys);
});
