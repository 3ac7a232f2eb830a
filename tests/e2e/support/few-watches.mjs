// A window to which the system tells of no changes: it may watch no folder.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The program that runs the window so. */
export const program = fileURLToPath(new URL("few-watches.sh", import.meta.url));

/** Why that can't be done here, or false: not every system lets its users make namespaces. */
export function impossible() {
  try {
    execFileSync(program, { env: { ...process.env, DAPANJI_WINDOW: "true" }, stdio: "ignore" });
    return false;
  } catch {
    return "this system lets nobody but root limit the watches of a program";
  }
}
