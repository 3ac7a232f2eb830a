import { beforeEach, expect, test, vi } from "vitest";

const invoke = vi.fn(async () => null);
vi.mock("@tauri-apps/api/core", () => ({ invoke }));
vi.mock("@tauri-apps/api/window", () => ({ getCurrentWindow: vi.fn() }));
vi.mock("@tauri-apps/api/event", () => ({ listen: vi.fn(async () => () => {}) }));

const { anyChanged, chooseKeys, isChanged, ownerOf, record, resetAllKeys, resetKeys } =
  await import("./choosing");
const { commands, handleKey, keysOf } = await import("./commands");
const { settings } = await import("../state/settings.svelte");
const { ui } = await import("../state/ui.svelte");
const { notebook } = await import("../state/notebook.svelte");

const press = (code: string, init: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { code, cancelable: true, ...init });

beforeEach(() => {
  resetAllKeys();
});

test.each([
  [
    "a letter by its place, whatever it types",
    press("KeyT", { key: "ㅅ", ctrlKey: true }),
    "Mod-KeyT",
  ],
  [
    "with Shift and Alt",
    press("KeyT", { ctrlKey: true, shiftKey: true, altKey: true }),
    "Mod-Shift-Alt-KeyT",
  ],
  ["a function key alone", press("F8"), "F8"],
  ["either Enter", press("NumpadEnter", { ctrlKey: true }), "Mod-Enter"],
])("takes %s", (_, event, keys) => {
  expect(record(event, false)).toEqual({ kind: "keys", keys });
});

test("takes Command on a Mac", () => {
  expect(record(press("KeyT", { metaKey: true }), true)).toEqual({
    kind: "keys",
    keys: "Mod-KeyT",
  });
  expect(record(press("KeyT", { ctrlKey: true }), true).kind).toBe("taken");
});

test.each([
  ["a modifier alone", press("ControlLeft", { key: "Control" }), "waiting"],
  ["한/영", press("Lang1", { key: "HangulMode" }), "ime"],
  ["한/영 on the right Alt", press("AltRight", { key: "HangulMode" }), "ime"],
  ["한자", press("Lang2", { key: "HanjaMode" }), "ime"],
  ["a key while composing", press("KeyT", { ctrlKey: true, isComposing: true }), "ime"],
  ["a key the input method has", press("KeyT", { ctrlKey: true, keyCode: 229 }), "ime"],
  ["a letter alone", press("KeyT"), "typing"],
  ["a letter with Shift", press("KeyT", { shiftKey: true }), "typing"],
  ["Escape", press("Escape"), "taken"],
  ["Enter alone", press("Enter"), "taken"],
  ["copying", press("KeyC", { ctrlKey: true }), "taken"],
  ["moving by words", press("ArrowLeft", { ctrlKey: true }), "taken"],
  ["another system's modifier", press("KeyT", { metaKey: true }), "taken"],
])("refuses %s", (_, event, kind) => {
  expect(record(event, false).kind).toBe(kind);
});

test("no usual key is one that could not be chosen", () => {
  for (const { keys } of commands) {
    if (!keys) continue;
    const parts = keys.split("-");
    const code = parts.pop() ?? "";
    const init = {
      ctrlKey: parts.includes("Mod"),
      shiftKey: parts.includes("Shift"),
      altKey: parts.includes("Alt"),
    };
    // Deleting is far from typing: its key has Shift as well.
    expect(record(press(code, init), false)).toEqual({ kind: "keys", keys });
  }
});

test("a chosen key runs its command, and the usual one no longer does", () => {
  const watching = {
    mode: "events" as const,
    reason: null,
    file_system: null,
    every_seconds: null,
    remedy: null,
  };
  notebook.opened = { name: "n", folder: "/n", sample: false, watching };
  chooseKeys("palette", "Mod-KeyJ");
  expect(handleKey(press("KeyK", { ctrlKey: true }))).toBe(false);
  expect(handleKey(press("KeyJ", { ctrlKey: true, key: "ㅓ" }))).toBe(true);
  expect(ui.dialog).toBe("palette");
  ui.dialog = null;
  expect(invoke).toHaveBeenLastCalledWith("save_settings", {
    settings: expect.objectContaining({ keys: { palette: "Mod-KeyJ" } }),
  });
});

test("a key that is taken from another command leaves that one without", () => {
  expect(ownerOf("Mod-KeyE", "today")?.id).toBe("export");
  chooseKeys("today", "Mod-KeyE");
  expect([keysOf("today"), keysOf("export")]).toEqual(["Mod-KeyE", undefined]);
  expect(ownerOf("Mod-KeyE", "today")).toBeUndefined();
  resetKeys("export");
  expect([keysOf("today"), keysOf("export")]).toEqual([undefined, "Mod-KeyE"]);
});

test("only what differs is kept, and all of it can be undone", () => {
  chooseKeys("today", "Mod-KeyJ");
  chooseKeys("side", null);
  expect(settings.keys).toEqual({ today: "Mod-KeyJ", side: "" });
  expect(isChanged("today")).toBe(true);
  chooseKeys("today", "Mod-Digit0");
  expect(settings.keys).toEqual({ side: "" });
  resetAllKeys();
  expect(settings.keys).toEqual({});
  expect(anyChanged()).toBe(false);
});
