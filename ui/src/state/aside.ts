// Texts that the user drops: they go into the history, so that dropping them loses nothing.

import type { AsideRequest } from "../ipc/client";
import * as ipc from "../ipc/client";

/** Keeps a text that is about to be dropped. Returns whether the history has it. */
export async function setAside(request: AsideRequest): Promise<boolean> {
  try {
    await ipc.keepAside(request);
    return true;
  } catch {
    // Whoever drops it tells, and keeps the way back open.
    return false;
  }
}
