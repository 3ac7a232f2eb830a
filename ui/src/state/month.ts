// A month as a calendar has it. Dates are `YYYY-MM-DD` and reckoned in UTC.

import { addDays } from "./heat";

const weekLength = 7;

/** The weeks that a month touches, from Sunday, whole: days of the months beside it fill them. */
export function weeksOf(date: string): string[][] {
  const first = `${date.slice(0, 7)}-01`;
  const start = addDays(first, -weekday(first));
  const weeks: string[][] = [];
  for (let day = start; day <= lastOf(date); day = addDays(day, weekLength)) {
    weeks.push(Array.from({ length: weekLength }, (_, i) => addDays(day, i)));
  }
  return weeks;
}

/** The same day some months later or earlier; the month's last where it is shorter. */
export function addMonths(date: string, months: number): string {
  const [year = 1970, month = 1, day = 1] = date.split("-").map(Number);
  const count = year * 12 + month - 1 + months;
  const first = `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}-01`;
  const last = lastOf(first);
  return day > Number(last.slice(8)) ? last : `${first.slice(0, 8)}${String(day).padStart(2, "0")}`;
}

/** How far into its week, from Sunday. */
export function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

function lastOf(date: string): string {
  const [year = 1970, month = 1] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
