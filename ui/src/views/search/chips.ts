// Filters of a query as chips. The text is the truth: chips are read from it, and a change of a chip
// is an edit of the text.

import { type FilterKind, filterOf, tokens } from "./query";

/** A filter that stands in a query. */
export interface FilterChip {
  readonly kind: FilterKind;
  /** Without quotes, as typed. */
  readonly value: string;
  readonly negated: boolean;
  /** UTF-16 `[start, end)` in the query, sign included. */
  readonly start: number;
  readonly end: number;
}

/** A query and where the caret goes in it. */
export interface Edited {
  readonly query: string;
  readonly caret: number;
}

/** The filters of a query, in its order. */
export function chipsOf(query: string): FilterChip[] {
  return tokens(query).flatMap(({ text, start }) => {
    const filter = filterOf(text);
    return filter ? [{ ...filter, start, end: start + text.length }] : [];
  });
}

/** The query without a filter, and without the space that set it apart. */
export function without(query: string, chip: FilterChip): Edited {
  const before = query.slice(0, chip.start);
  const after = query.slice(chip.end);
  const joined = before === "" || /\s$/u.test(before) ? before + after.trimStart() : before + after;
  const kept = after.trim() === "" ? joined.trimEnd() : joined;
  return { query: kept, caret: Math.min(before.length, kept.length) };
}

/** A filter as it is written. */
export function written(kind: FilterKind, value: string): string {
  const plain = value.replace(/["\u201c\u201d]/gu, " ");
  return `${kind}:${/\s/u.test(plain) ? `"${plain}"` : plain}`;
}

/** The query with a filter: in the place of `instead`, else at the end. */
export function withFilter(
  query: string,
  kind: FilterKind,
  value: string,
  instead: FilterChip | null = null,
): Edited {
  const text = written(kind, value);
  if (instead) {
    const sign = instead.negated ? "-" : "";
    const put = query.slice(0, instead.start) + sign + text;
    return { query: put + query.slice(instead.end), caret: put.length };
  }
  const start = query.trimEnd();
  const put = `${start === "" ? "" : `${start} `}${text} `;
  return { query: put, caret: put.length };
}

/** What a query says of one kind: the chip a menu changes, which is one that is not excluded. */
export function chosen(chips: readonly FilterChip[], kind: FilterKind): FilterChip | null {
  return chips.find((chip) => chip.kind === kind && !chip.negated) ?? null;
}

/** The words of a query without its filters and exclusions. */
export function plainWords(query: string): string[] {
  return tokens(query).flatMap(({ text, kind }) =>
    kind === "plain" && text.trim() !== "" && !/[:：]$/u.test(text) ? [text] : [],
  );
}
