// What the search says about how it read a query, and what of it was undone.

import { type Key, t } from "../../i18n";
import type { InterpretationView } from "../../ipc/client";

/** Words listed for a reading before the rest is only counted. */
const LISTED = 3;

/** What is said of a kind of reading. */
export function kindText({ kind }: InterpretationView): string {
  return t(`search.read.${kind}` as Key);
}

/** `동시성, 대상성, 도시세 외 4` */
export function readAs({ to }: InterpretationView): string {
  const listed = to.slice(0, LISTED).join(", ");
  const rest = to.length - LISTED;
  return rest > 0 ? t("search.read.more", { listed, rest }) : listed;
}

/** A reading of `query` with what was asked for as it was typed, not as it was looked up. */
export function asTyped(reading: InterpretationView, query: string): InterpretationView {
  return { ...reading, from: query.slice(...reading.range) || reading.from };
}

/** The undone readings that a query still has: those whose words stand in it, and those of all words. */
export function stillUndone(
  undone: readonly InterpretationView[],
  query: string,
): InterpretationView[] {
  const low = query.toLowerCase();
  return undone.filter(({ kind, from }) =>
    kind === "some_words" ? query.trim() !== "" : low.includes(from.toLowerCase()),
  );
}

const problemKeys = {
  unclosed_quote: "search.problem.unclosed_quote",
  empty_phrase: "search.problem.empty_phrase",
  empty_operator: "search.problem.empty_operator",
  unknown_value: "search.problem.unknown_value",
  impossible_date: "search.problem.impossible_date",
  unreadable_date: "search.problem.unreadable_date",
  nothing_scheduled: "search.problem.nothing_scheduled",
  dangling_or: "search.problem.dangling_or",
  mixed_or: "search.problem.mixed_or",
  only_exclusions: "search.problem.only_exclusions",
  nothing_to_find: "search.problem.nothing_to_find",
  too_long: "search.problem.too_long",
  too_many_words: "search.problem.too_many_words",
} as const satisfies Record<string, Key>;

/** What is odd, and what to do about it. */
export function problemText(code: string): string {
  const key: Key | undefined = problemKeys[code as keyof typeof problemKeys];
  return t(key ?? "search.problem.other");
}
