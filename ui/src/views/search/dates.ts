import type { Key } from "../../i18n";

const DAY = 86_400_000;

export interface DateChoice {
  readonly key: Key;
  /** As `date:` takes it. */
  readonly value: string;
}

/** The stretches of time that are chosen most, seen from `today` (`YYYY-MM-DD`; the clock's if none). */
export function dateChoices(today: string | null): DateChoice[] {
  const now = today ?? new Date().toLocaleDateString("sv-SE");
  const [year = "", month = ""] = now.split("-");
  const before = new Date(Date.UTC(Number(year), Number(month) - 2, 1)).toISOString().slice(0, 7);
  const week = new Date(Date.parse(`${now}T00:00:00Z`) - 6 * DAY).toISOString().slice(0, 10);
  return [
    { key: "search.filter.date.today", value: now },
    { key: "search.filter.date.week", value: `${week}..${now}` },
    { key: "search.filter.date.month", value: `${year}-${month}` },
    { key: "search.filter.date.before", value: before },
    { key: "search.filter.date.year", value: year },
  ];
}
