// The list of versions as it is drawn: by day, with the saves of one sitting folded.

import { localDate } from "../../i18n";
import type { VersionView } from "../../ipc/client";

export type Line =
  /** The head of a day, `YYYY-MM-DD` by the clock of here. */
  | { kind: "day"; key: string; date: string }
  | { kind: "version"; key: string; version: VersionView }
  /** Saves that are not shown until asked for. */
  | { kind: "fold"; key: string; versions: readonly VersionView[] };

/** Saves no further apart than this many minutes are of one sitting. */
const sittingMinutes = 10;
/** A sitting of fewer saves is shown whole: folding one line would save no line. */
const sittingLeast = 4;

/** Whether `older` is the save before `newer`, made in the same sitting. */
function together(newer: VersionView, older: VersionView): boolean {
  const minutes = (Date.parse(newer.at) - Date.parse(older.at)) / 60_000;
  return (
    newer.cause === "saved" &&
    older.cause === "saved" &&
    newer.entry === older.entry &&
    newer.path === older.path &&
    minutes <= sittingMinutes &&
    localDate(newer.at) === localDate(older.at)
  );
}

/**
 * Lines for `versions`, newest first. Of a sitting its first and last text are shown and the saves in
 * between fold, unless `unfolded` has the key of the fold or one of them is `chosen`.
 */
export function linesOf(
  versions: readonly VersionView[],
  unfolded: ReadonlySet<string>,
  chosen: string | null,
): Line[] {
  const lines: Line[] = [];
  let day: string | null = null;
  for (let from = 0; from < versions.length; ) {
    const first = versions[from] as VersionView;
    let to = from + 1;
    while (
      to < versions.length &&
      together(versions[to - 1] as VersionView, versions[to] as VersionView)
    )
      to++;
    const sitting = versions.slice(from, to);
    const date = localDate(first.at);
    if (date !== day) lines.push({ kind: "day", key: date, date });
    day = date;
    lines.push(...sittingLines(sitting, unfolded, chosen));
    from = to;
  }
  return lines;
}

function sittingLines(
  sitting: readonly VersionView[],
  unfolded: ReadonlySet<string>,
  chosen: string | null,
): Line[] {
  const between = sitting.slice(1, -1);
  // The oldest stays the oldest while the sitting goes on.
  const key = `fold ${sitting.at(-1)?.id}`;
  const open =
    sitting.length < sittingLeast || unfolded.has(key) || between.some(({ id }) => id === chosen);
  const shown = (version: VersionView): Line => ({ kind: "version", key: version.id, version });
  if (open) return sitting.map(shown);
  return [
    ...sitting.slice(0, 1).map(shown),
    { kind: "fold", key, versions: between },
    ...sitting.slice(-1).map(shown),
  ];
}
