// What is odd in the posts, by post: looked at when the window has nothing else to do.

import { SvelteMap } from "svelte/reactivity";
import { type Key, t } from "../i18n";
import { ko } from "../i18n/ko";
import type { PlacedDiagnosticView } from "../ipc/client";
import * as ipc from "../ipc/client";

const byPost = new SvelteMap<string, PlacedDiagnosticView[]>();

export function diagnosticsOf(path: string): readonly PlacedDiagnosticView[] {
  return byPost.get(path) ?? [];
}

/** What is odd, in the language of the interface where it has words for it. */
export function diagnosticText({ code, message, line }: PlacedDiagnosticView): string {
  const key = `diagnostic.${code}`;
  const text = key in ko ? t(key as Key) : message;
  return t("diagnostic.at", { line, text });
}

/** Milliseconds of quiet before the posts are looked at. */
const quiet = 500;
let timer: ReturnType<typeof setTimeout> | undefined;

function checkSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void check(), quiet);
}

/** Looks at the posts of the folder, and again when they change. */
export async function watchOddities(): Promise<void> {
  checkSoon();
  await ipc.onChanged(checkSoon);
}

async function check(): Promise<void> {
  try {
    const found = new Map<string, PlacedDiagnosticView[]>();
    for (const one of (await ipc.check()).diagnostics) {
      const known = found.get(one.path);
      if (known) known.push(one);
      else found.set(one.path, [one]);
    }
    for (const path of byPost.keys()) if (!found.has(path)) byPost.delete(path);
    for (const [path, all] of found) byPost.set(path, all);
  } catch {
    // Only marks are missing; whatever keeps the backend from answering is said elsewhere.
  }
}
