// Words, dates and numbers in the language of the interface.

import { en } from "./en";
import { type Key, ko } from "./ko";
import { type Language, language } from "./language.svelte";
import { particle } from "./particles";

export { type Key, type Language, language };

export type Params = Record<string, string | number>;

const words: Record<Language, Record<Key, string>> = { ko, en };

/**
 * The words for `key`. `{name}` stands for a parameter (numbers are grouped), `{name|one|other}` for
 * the form that goes with its number, `{name~을}` for the particle that goes with its word.
 */
export function t(key: Key, params: Params = {}): string {
  return format(words[language.current][key], params, language.current);
}

export function format(text: string, params: Params, lang: Language): string {
  const places = /\{(\w+)(?:\|([^|{}]*)\|([^{}]*)|~([^{}]*))?\}/g;
  return text.replace(places, (whole, name: string, one, other, follows) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (one !== undefined) return isOne(Number(value), lang) ? one : other;
    if (follows !== undefined) return particle(String(value), follows);
    return typeof value === "number" ? number(value, lang) : value;
  });
}

const plurals = new Map<Language, Intl.PluralRules>();

/** Whether `value` takes the form for one thing in this language. */
function isOne(value: number, lang: Language): boolean {
  let rules = plurals.get(lang);
  if (!rules) {
    rules = new Intl.PluralRules(locales[lang]);
    plurals.set(lang, rules);
  }
  return rules.select(value) === "one";
}

const locales: Record<Language, string> = { ko: "ko-KR", en: "en-US" };
const formats = new Map<string, Intl.DateTimeFormat>();

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language.current + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locales[language.current], { ...options, timeZone: "UTC" });
    formats.set(key, found);
  }
  return found;
}

/** `YYYY-MM-DD` as midnight UTC: a calendar day must not move with the time zone. */
function day(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

const numbers = new Map<string, Intl.NumberFormat>();

function numberFormat(lang: Language, notation: "standard" | "compact"): Intl.NumberFormat {
  const key = `${lang} ${notation}`;
  let found = numbers.get(key);
  if (!found) {
    const digits = notation === "compact" ? { maximumFractionDigits: 1 } : {};
    found = new Intl.NumberFormat(locales[lang], { notation, ...digits });
    numbers.set(key, found);
  }
  return found;
}

/** Counts that both languages write as bare digits: a formatter takes milliseconds to make. */
const isBare = (value: number) => Number.isInteger(value) && value >= 0 && value < 1000;

export function number(value: number, lang: Language = language.current): string {
  return isBare(value) ? String(value) : numberFormat(lang, "standard").format(value);
}

/** `1.2만`, `12K`: for counts with little room. */
export function compact(value: number): string {
  return isBare(value) ? String(value) : numberFormat(language.current, "compact").format(value);
}

/** `5월 22일 목요일`, `Thursday, May 22`; with the year where it is not `thisYear`. */
export function longDay(date: string, thisYear?: string): string {
  const year = thisYear !== undefined && !date.startsWith(thisYear);
  return formatter({
    ...(year ? { year: "numeric" } : {}),
    month: "long",
    day: "numeric",
    weekday: "long",
  }).format(day(date));
}

/**
 * `5월 22일`, `May 22`; with the year where it is not that of `now`, a day. Without a formatter, which
 * takes milliseconds to make: such days stand on the first page.
 */
export function shortDay(date: string, now?: string): string {
  const [year = "", month, day] = date.split("-");
  const params = {
    year,
    month: t("date.months").split(" ")[Number(month) - 1] ?? "",
    day: String(Number(day)),
  };
  return t(now === undefined || now.startsWith(year) ? "date.day" : "date.dayOfYear", params);
}

/** `2025. 5. 22. 목`, `Thu, May 22, 2025`: for the form strip. */
export function formDay(date: string): string {
  const name = weekday(date);
  if (language.current !== "ko") return `${name}, ${shortDay(date, "")}`;
  return `${date.split("-").map(Number).join(". ")}. ${name}`;
}

/** `목`, `Thu`. */
export function weekday(date: string): string {
  return t("date.weekdays").split(" ")[day(date).getUTCDay()] ?? "";
}

/** `목요일`, `Thursday`. */
export function longWeekday(date: string): string {
  return formatter({ weekday: "long" }).format(day(date));
}

/** `2025년 5월`, `May 2025`. */
export function yearMonth(date: string): string {
  return formatter({ year: "numeric", month: "long" }).format(day(date));
}

/** `5월`, `May`. */
export function month(date: string): string {
  return formatter({ month: "short" }).format(day(date));
}

/** The day of a moment by the clock of here, `YYYY-MM-DD`. */
export function localDate(at: string | Date): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const moments = new Map<string, Intl.DateTimeFormat>();

/** A formatter by the clock of here. */
function here(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language.current + JSON.stringify(options);
  let found = moments.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locales[language.current], options);
    moments.set(key, found);
  }
  return found;
}

/** `오후 2:32`, `2:32 PM`, by the clock of here. */
export function timeOfDay(at: string): string {
  return here({ hour: "numeric", minute: "2-digit" }).format(new Date(at));
}

/** `5월 22일 오후 2:32`, `May 22, 2:32 PM`, by the clock of here; with the year where it is another. */
export function moment(at: string, now: Date = new Date()): string {
  const date = new Date(at);
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return here({
    year,
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(date);
}

/** `6:40`, `1:02:05`. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const s = String(whole % 60).padStart(2, "0");
  const m = Math.floor(whole / 60) % 60;
  const h = Math.floor(whole / 3600);
  return h > 0 ? `${h}:${String(m).padStart(2, "0")}:${s}` : `${m}:${s}`;
}
