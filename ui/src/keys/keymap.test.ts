import { describe, expect, test } from "vitest";
import { ariaShortcut, composing, matches, shortcutLabel } from "./keymap";

const key = (code: string, init: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { code, ...init });

test("keys are matched on their place, not their letter", () => {
  expect(
    matches(key("KeyF", { key: "ㄹ", ctrlKey: true, shiftKey: true }), "Mod-Shift-KeyF", false),
  ).toBe(true);
});

test("a modifier more or less is another key", () => {
  expect(matches(key("KeyF", { ctrlKey: true }), "Mod-Shift-KeyF", false)).toBe(false);
  expect(matches(key("KeyS", { ctrlKey: true, altKey: true }), "Mod-KeyS", false)).toBe(false);
  expect(matches(key("KeyJ"), "KeyJ", false)).toBe(true);
  expect(matches(key("KeyJ", { ctrlKey: true }), "KeyJ", false)).toBe(false);
});

test("Mod is Command on a Mac and Control elsewhere", () => {
  expect(matches(key("KeyK", { metaKey: true }), "Mod-KeyK", true)).toBe(true);
  expect(matches(key("KeyK", { ctrlKey: true }), "Mod-KeyK", true)).toBe(false);
  expect(matches(key("KeyK", { metaKey: true }), "Mod-KeyK", false)).toBe(false);
});

test("both Enter keys are Enter", () => {
  expect(matches(key("NumpadEnter", { ctrlKey: true }), "Mod-Enter", false)).toBe(true);
});

describe("while composing no key acts", () => {
  test.each([{ isComposing: true }, { keyCode: 229 }])("%o", (init) => {
    const event = key("Enter", { ctrlKey: true, ...init });
    expect(composing(event)).toBe(true);
    expect(matches(event, "Mod-Enter", false)).toBe(false);
  });
});

test.each([
  ["Mod-Shift-KeyF", "⌘⇧F", "Ctrl+Shift+F", "Control+Shift+F"],
  ["Mod-Enter", "⌘⏎", "Ctrl+Enter", "Control+Enter"],
  ["Mod-Period", "⌘.", "Ctrl+.", "Control+."],
  ["Mod-Backslash", "⌘\\", "Ctrl+\\", "Control+\\"],
  ["Mod-Digit0", "⌘0", "Ctrl+0", "Control+0"],
  ["F6", "F6", "F6", "F6"],
])("%s is shown as %s and %s", (shortcut, mac, other, aria) => {
  expect(shortcutLabel(shortcut, true)).toBe(mac);
  expect(shortcutLabel(shortcut, false)).toBe(other);
  expect(ariaShortcut(shortcut, false)).toBe(aria);
});
