// What a user's hands do: keys and the mouse of the X server, not of the page.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs a program and returns what it printed. */
export async function output(program, ...args) {
  const { stdout } = await run(program, args, { maxBuffer: 1 << 26, timeout: 20_000 });
  return stdout;
}

/** Windows on the screen whose class matches; none is no error. */
export async function windows(name) {
  try {
    const found = await output("xdotool", "search", "--onlyvisible", "--class", name);
    return found.split("\n").filter(Boolean);
  } catch (error) {
    if (error.code === 1) return [];
    throw error;
  }
}

export async function title(window) {
  return (await output("xdotool", "getwindowname", window)).trim();
}

/** Where the inner part of a window is on the screen, in pixels. */
export async function place(window) {
  const lines = await output("xdotool", "getwindowgeometry", "--shell", window);
  const value = (name) => Number(new RegExp(`^${name}=(-?\\d+)`, "m").exec(lines)?.[1]);
  return { x: value("X"), y: value("Y"), width: value("WIDTH"), height: value("HEIGHT") };
}

export async function activate(window) {
  await output("xdotool", "windowactivate", "--sync", window);
}

export async function resize(window, width, height) {
  await output("xdotool", "windowsize", window, String(width), String(height));
}

export async function press(...keys) {
  await output("xdotool", "key", "--clearmodifiers", ...keys);
}

/** Asks the window in front to close, as its close button does. */
export async function closeFront() {
  await press("alt+F4");
}

/** Types on the keyboard; an input method that is on hears every key. */
export async function type(keys, delay = 60) {
  await output("xdotool", "type", "--delay", String(delay), keys);
}

/**
 * Drags from one place to another, as a hand does: pressed, a little way, the rest, and moved about there
 * until `over` says that what lies there has seen it; then let go.
 */
export async function drag(from, to, over) {
  const at = (x, y) => ["mousemove", String(Math.round(x)), String(Math.round(y))];
  const way = [0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1].flatMap((part) => [
    ...at(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part),
    "sleep",
    "0.05",
  ]);
  await output("xdotool", ...at(from.x, from.y), "mousedown", "1", ...way);
  for (let nth = 0; !(await over()); nth++) await output("xdotool", ...at(to.x + (nth % 2), to.y));
  await output("xdotool", "mouseup", "1");
}

export async function clickAt(x, y) {
  // Without `--sync`, which waits for a pointer that is there already.
  await output("xdotool", "mousemove", String(Math.round(x)), String(Math.round(y)), "click", "1");
}
