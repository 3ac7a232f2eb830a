import { expect, test } from "vitest";
import { addMonths, weeksOf } from "./month";

test.each([
  ["2025-05-22", 5, "2025-04-27", "2025-05-31"],
  // A month of four whole weeks.
  ["2026-02-10", 4, "2026-02-01", "2026-02-28"],
  ["2025-03-01", 6, "2025-02-23", "2025-04-05"],
  ["2024-12-31", 5, "2024-12-01", "2025-01-04"],
])("the weeks around %s", (date, count, first, last) => {
  const weeks = weeksOf(date);
  expect(weeks).toHaveLength(count);
  expect([weeks[0]?.[0], weeks.at(-1)?.at(-1)]).toEqual([first, last]);
  expect(weeks.every((week) => week.length === 7)).toBe(true);
});

test.each([
  ["2025-05-22", 1, "2025-06-22"],
  ["2025-05-31", 1, "2025-06-30"],
  ["2024-03-30", -1, "2024-02-29"],
  ["2025-01-15", -1, "2024-12-15"],
  ["2025-11-30", 3, "2026-02-28"],
  ["2025-05-22", 12, "2026-05-22"],
  ["2025-05-22", -12, "2024-05-22"],
])("%s and %i months are %s", (date, months, to) => {
  expect(addMonths(date, months)).toBe(to);
});
