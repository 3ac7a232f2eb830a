// Keyboard shortcuts, matched on `event.code`: a Korean layout has other letters on the same keys.

/** Modifiers in the order Mod, Shift, Alt, then a `code`: `Mod-Shift-KeyF`, `F6`. */
export type Shortcut = string;

export const isMac =
  typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent);

/** Whether an input method owns the key; then nothing here may act on it. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

interface Parsed {
  mod: boolean;
  shift: boolean;
  alt: boolean;
  code: string;
}

function parse(shortcut: Shortcut): Parsed {
  const parts = shortcut.split("-");
  const code = parts.pop() ?? "";
  return {
    mod: parts.includes("Mod"),
    shift: parts.includes("Shift"),
    alt: parts.includes("Alt"),
    code,
  };
}

/** Whether `event` is exactly `shortcut`: no modifier more, none less. */
export function matches(event: KeyboardEvent, shortcut: Shortcut, mac = isMac): boolean {
  if (composing(event)) return false;
  const want = parse(shortcut);
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  return (
    (event.code === want.code || (want.code === "Enter" && event.code === "NumpadEnter")) &&
    mod === want.mod &&
    !other &&
    event.shiftKey === want.shift &&
    event.altKey === want.alt
  );
}

const macNames: Record<string, string> = { Enter: "⏎", Escape: "Esc", Backspace: "⌫" };
const names: Record<string, string> = {
  BracketLeft: "[",
  BracketRight: "]",
  Backslash: "\\",
  Period: ".",
  Comma: ",",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
};

function keyName(code: string, mac: boolean): string {
  return (mac ? macNames[code] : undefined) ?? names[code] ?? code.replace(/^(Key|Digit)/, "");
}

/** As it stands in a keycap: `⌘⇧F` on a Mac, `Ctrl+Shift+F` elsewhere. */
export function shortcutLabel(shortcut: Shortcut, mac = isMac): string {
  const { mod, shift, alt, code } = parse(shortcut);
  const key = keyName(code, mac);
  if (mac) return `${alt ? "⌥" : ""}${mod ? "⌘" : ""}${shift ? "⇧" : ""}${key}`;
  return [mod && "Ctrl", alt && "Alt", shift && "Shift", key].filter(Boolean).join("+");
}

/** For `aria-keyshortcuts`. */
export function ariaShortcut(shortcut: Shortcut, mac = isMac): string {
  const { mod, shift, alt, code } = parse(shortcut);
  return [mod && (mac ? "Meta" : "Control"), alt && "Alt", shift && "Shift", keyName(code, false)]
    .filter(Boolean)
    .join("+");
}
