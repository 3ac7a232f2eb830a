// The pages as they will be, while options change: the first ones at once, then all of them.

import type { ExportRequest } from "../../ipc/client";
import {
  asIpcError,
  closePreview,
  type IpcError,
  type PreviewView,
  previewPdf,
} from "../../ipc/client";

/** Entries of the first look: enough for the pages one sees, and laid out in a moment. */
export const FIRST = 10;
/** Most entries that are laid out to be looked at; more would take seconds and hundreds of megabytes. */
export const MOST = 500;
/** Rest after a change, in milliseconds, so that typing asks once for a word and not for each letter. */
const PAUSE = 60;

export interface Pages {
  /** Names these pages when their pictures are asked for. */
  readonly number: number;
  readonly view: PreviewView;
}

/** Pages of what would be exported. Whatever is asked later replaces what was asked before. */
export class Preview {
  /** What is there to look at, perhaps of an earlier request. */
  pages = $state.raw<Pages | null>(null);
  /** Whether better pages are on their way. */
  busy = $state(false);
  error = $state.raw<IpcError | null>(null);

  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = "";

  /** Shows the pages of `request`; nothing happens if those are shown or on their way. */
  show(request: ExportRequest, english: boolean): void {
    const asked = JSON.stringify([request, english]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    const turn = ++this.#turn;
    this.busy = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(turn, request, english), PAUSE);
  }

  /** Shows nothing and lets go of what is kept for it. */
  close(): void {
    this.#turn++;
    clearTimeout(this.#timer);
    this.#asked = "";
    this.busy = false;
    this.pages = null;
    this.error = null;
    closePreview().catch(() => undefined);
  }

  /** Asks once more: after an error, or where the posts are others by now. */
  again(request: ExportRequest, english: boolean): void {
    this.#asked = "";
    this.show(request, english);
  }

  async #look(turn: number, request: ExportRequest, english: boolean): Promise<void> {
    try {
      for (const most of [FIRST, MOST]) {
        const { number, preview } = await previewPdf({ export: request, most }, english);
        if (turn !== this.#turn) return;
        this.pages = { number, view: preview };
        this.error = null;
        if (preview.shown === preview.entries + preview.articles) break;
      }
    } catch (error) {
      const ipc = asIpcError(error);
      if (turn !== this.#turn || ipc.code === "cancelled") return;
      this.pages = null;
      this.error = ipc;
    }
    this.busy = false;
  }
}
