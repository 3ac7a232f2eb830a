import { afterEach, expect, test } from "vitest";
import { en } from "./en";
import {
  clock,
  compact,
  format,
  formDay,
  language,
  longDay,
  number,
  shortDay,
  t,
  weekday,
} from "./index";
import { ko } from "./ko";

afterEach(() => {
  language.current = "ko";
});

/** The parameters a phrase uses, without doubles. */
const params = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort();

test("both languages have the same keys", () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(ko).sort());
});

test("no key is in two areas", async () => {
  const areas = Object.values(
    import.meta.glob<Record<string, object>>("./ko/*.ts", { eager: true }),
  );
  const keys = areas.flatMap((area) => Object.values(area).flatMap((words) => Object.keys(words)));
  expect(keys.length).toBe(new Set(keys).size);
});

test.each(Object.keys(ko) as (keyof typeof ko)[])("%s has the same parameters", (key) => {
  expect(params(en[key])).toEqual(params(ko[key]));
});

test("parameters are filled in and numbers grouped", () => {
  expect(format("{a} and {b}", { a: "x", b: 12345 }, "en")).toBe("x and 12,345");
  expect(format("{n} {n|day|days}", { n: 1 }, "en")).toBe("1 day");
  expect(format("{n} {n|day|days}", { n: 2 }, "en")).toBe("2 days");
  expect(format("{unknown}", {}, "ko")).toBe("{unknown}");
});

test.each<[value: number, ko: string, en: string, shortKo: string, shortEn: string]>([
  [0, "0", "0", "0", "0"],
  [999, "999", "999", "999", "999"],
  [1000, "1,000", "1,000", "1천", "1K"],
  [12345, "12,345", "12,345", "1.2만", "12.3K"],
  [-5, "-5", "-5", "-5", "-5"],
  [0.5, "0.5", "0.5", "0.5", "0.5"],
])("%d as a number", (value, koLong, enLong, koShort, enShort) => {
  expect([number(value), compact(value)]).toEqual([koLong, koShort]);
  language.current = "en";
  expect([number(value), compact(value)]).toEqual([enLong, enShort]);
});

test("a day stays the same day in every time zone", () => {
  expect(longDay("2025-05-22")).toBe("5월 22일 목요일");
  expect(longDay("2024-05-22", "2025")).toContain("2024년");
  expect(formDay("2025-05-22")).toBe("2025. 5. 22. 목");
  language.current = "en";
  expect(longDay("2025-05-22")).toBe("Thursday, May 22");
  expect(t("state.draft")).toBe("Draft");
});

test.each(["ko", "en"] as const)("short days are written as Intl writes them, %s", (lang) => {
  language.current = lang;
  const locale = lang === "ko" ? "ko-KR" : "en-US";
  const like = (date: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(new Date(date));
  for (let month = 1; month <= 12; month++) {
    const date = `2025-${String(month).padStart(2, "0")}-0${(month % 9) + 1}`;
    const short = { month: "short", day: "numeric" } as const;
    expect(shortDay(date)).toBe(like(date, short));
    expect(shortDay(date, "2025-01-01")).toBe(like(date, short));
    expect(shortDay(date, "2026-01-01")).toBe(like(date, { ...short, year: "numeric" }));
    expect(weekday(date)).toBe(like(date, { weekday: "short" }));
    if (lang === "en") {
      expect(formDay(date)).toBe(like(date, { ...short, year: "numeric", weekday: "short" }));
    }
  }
});

test("time spent", () => {
  expect([5, 400, 3725].map(clock)).toEqual(["0:05", "6:40", "1:02:05"]);
});
