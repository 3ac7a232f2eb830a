import { t } from "../../i18n";
import type { SearchView } from "../../ipc/client";

/** What the search says about how it read a query, in the language of the interface. */
export function notesOf(found: SearchView): string[] {
  const read = found.interpretations.map((one) =>
    one.kind === "some_words" ? t("search.note.some_words") : `${one.from} → ${one.to.join(", ")}`,
  );
  const cut = found.problems.some(
    (one) => one.code === "too_long" || one.code === "too_many_words",
  );
  return [...new Set([...read, ...(cut ? [t("search.note.start")] : [])])];
}
