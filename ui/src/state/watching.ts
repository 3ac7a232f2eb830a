// How changes by other programs are heard of, in words.

import { type Key, t } from "../i18n";
import type { WatchingReason, WatchingView } from "../ipc/client";

const reasons: Record<WatchingReason, Key> = {
  file_system: "watching.why.fileSystem",
  limit: "watching.why.limit",
  silent: "watching.why.silent",
  refused: "watching.why.refused",
};

/** What it means for the user, in a few words. */
export function watchingText({ mode, every_seconds }: WatchingView): string {
  if (mode === "none") return t("watching.none");
  return t("watching.polling", { seconds: every_seconds ?? 0 });
}

/** Why it is so, if there is more to say. */
export function watchingReason({ reason, file_system }: WatchingView): string | null {
  return reason && t(reasons[reason], { name: file_system ?? "" });
}
