// The post that is read whole, section by section.

import type { PostPage } from "../ipc/client";
import * as ipc from "../ipc/client";

interface Reading {
  page: PostPage | null;
  /** Whether its file is gone or cannot be read any more: what was read stays shown. */
  gone: boolean;
}

export const reading = $state<Reading>({ page: null, gone: false });

/** Answers to requests of an older turn are dropped. */
let turn = 0;

/** Fetches a post to read. Throws if that fails; what was read before stays. */
export async function loadPost(path: string): Promise<void> {
  const mine = ++turn;
  const page = await ipc.post(path);
  if (mine !== turn) return;
  reading.page = page;
  reading.gone = false;
}

/** Fetches the shown post anew. */
export async function readAgain(): Promise<void> {
  const path = reading.page?.path;
  if (path === undefined) return;
  const mine = turn;
  try {
    await loadPost(path);
  } catch {
    if (mine + 1 === turn) reading.gone = true;
  }
}

export function forgetPost(): void {
  turn++;
  reading.page = null;
  reading.gone = false;
}
