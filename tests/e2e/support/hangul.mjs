// A real Hangul input method: ibus with its Hangul engine, two-set keyboard.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { output } from "./desktop.mjs";

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
  await output(
    "gsettings",
    "set",
    "org.freedesktop.ibus.engine.hangul",
    "initial-input-mode",
    "hangul",
  );
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
