// The heat map of the last 53 weeks. Dates are `YYYY-MM-DD` and reckoned in UTC.

import type { DayCount } from "../ipc/client";

const dayMs = 86_400_000;
const weeks = 53;

export interface HeatCell {
  date: string;
  count: number;
  /** 0 (none) to 4 (most). */
  level: number;
}

export interface Heat {
  /** Seven rows from Sunday; cells after today are null. */
  rows: (HeatCell | null)[][];
  /** First column of each month with its length in columns and a day of it. */
  months: { column: number; span: number; date: string }[];
  total: number;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

export function heat(today: string, counts: readonly DayCount[]): Heat {
  const byDate = new Map(counts.map(({ date, count }) => [date, count]));
  const most = Math.max(4, ...counts.map(({ count }) => count));
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  const first = addDays(today, -weekday - (weeks - 1) * 7);
  const rows: (HeatCell | null)[][] = Array.from({ length: 7 }, () => []);
  const months: Heat["months"] = [];
  let total = 0;
  for (let column = 0; column < weeks; column++) {
    for (const [dow, cells] of rows.entries()) {
      const date = addDays(first, column * 7 + dow);
      if (date > today) {
        cells.push(null);
        continue;
      }
      const count = byDate.get(date) ?? 0;
      total += count;
      cells.push({ date, count, level: Math.ceil((count * 4) / most) });
    }
    const sunday = addDays(first, column * 7);
    const last = months.at(-1);
    if (last && last.date.slice(0, 7) === sunday.slice(0, 7)) last.span++;
    else months.push({ column, span: 1, date: sunday });
  }
  return { rows, months, total };
}
