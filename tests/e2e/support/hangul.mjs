// A real Hangul input method: ibus with its Hangul engine, two-set keyboard.

import { spawn } from "node:child_process";
import { once } from "node:events";
import * as desktop from "./desktop.mjs";

const { output } = desktop;

/** What the window needs to talk to the input method. */
export const env = { GTK_IM_MODULE: "ibus" };

let daemon;

/** Runs `attempt` until it neither fails nor gives nothing. */
async function until(what, attempt) {
  const end = Date.now() + 20_000;
  let last;
  do {
    try {
      const found = await attempt();
      if (found) return found;
    } catch (error) {
      last = error;
    }
  } while (Date.now() < end);
  throw new Error(`not seen: ${what}`, { cause: last });
}

/** Starts the input method in Hangul mode. */
export async function start() {
  const set = (key, value) =>
    output("gsettings", "set", "org.freedesktop.ibus.engine.hangul", key, value);
  await set("initial-input-mode", "hangul");
  // Escape closes dialogs; what is typed after it is Korean, too.
  await set("off-keys", "");
  daemon = spawn("ibus-daemon", ["--replace", "--xim", "--panel", "disable"], { stdio: "ignore" });
  process.env.IBUS_ADDRESS = await until("the input method's address", async () => {
    const address = (await output("ibus", "address")).trim();
    return address.startsWith("unix:") && address;
  });
  await until("the Hangul engine", async () => {
    await output("ibus", "engine", "hangul");
    return (await output("ibus", "engine")).trim() === "hangul";
  });
}

export async function stop() {
  if (!daemon || daemon.exitCode !== null) return;
  const ended = once(daemon, "exit");
  daemon.kill();
  await ended;
}

/** Waits until the cursor is in an editor: keys that come before it are nobody's. */
export function hasFocus(window, id) {
  return window.until(`${id} has the focus`, () =>
    window.driver.executeScript("return document.activeElement?.dataset.testid === arguments[0]", id),
  );
}

/** Puts the cursor at the end of an editor, with the mouse and a key. */
export async function writeInto(window, editor) {
  const id = await editor.getAttribute("data-testid");
  await desktop.activate(window.id);
  await window.point(editor);
  await hasFocus(window, id);
  await desktop.press("ctrl+End");
  // The input method may hand on this key after the first letter.
  await window.until("the cursor is at the end", () =>
    window.driver.executeScript(`
      const rest = document.createRange();
      rest.selectNodeContents(document.activeElement);
      const { focusNode, focusOffset } = getSelection();
      rest.setStart(focusNode, focusOffset);
      return rest.toString() === "";`),
  );
}
