import { type Key, t } from "../i18n";
import type { IpcError } from "../ipc/client";

/** What happened, to which file, and what to do, in the language of the interface. */
export function errorText(
  error: Pick<IpcError, "code" | "message" | "path" | "line" | "breaking">,
): string {
  const key: Key = error.breaking ? `error.breaks.${error.breaking}` : `error.${error.code}`;
  return t(key, {
    path: error.path ?? error.message,
    line: error.line ?? "?",
    message: error.message,
  });
}
