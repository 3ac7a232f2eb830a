/**
 * Reads a day as people write it: `2025-05-19`, `2025. 5. 19.`, `2025/5/19`, `20250519`,
 * `2025년 5월 19일`. Returns `YYYY-MM-DD`, or none where there is no such day.
 */
export function readDay(text: string): string | null {
  const trimmed = text.trim();
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/u.exec(trimmed) ??
    /^(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?$/u.exec(trimmed);
  const [, year = "", month = "", day = ""] = parts ?? [];
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${written}T00:00:00Z`);
  // February 30 is read as March 2: what comes out must be what went in.
  return parts && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written)
    ? written
    : null;
}

/** The day it is here, as `YYYY-MM-DD`. */
export function localDay(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
