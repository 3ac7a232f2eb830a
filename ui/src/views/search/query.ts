// How a query is cut into pieces, for the tints of the field and for the chips. What a query means
// is the backend's; here it is only told what looks like what.

/** How a piece of a query is tinted in the field. */
export type TokenKind = "plain" | "operator" | "negative";

/** A piece of a query as typed; the pieces put together are the query. */
export interface Token {
  readonly text: string;
  readonly kind: TokenKind;
  /** Where it begins, in UTF-16 units. */
  readonly start: number;
}

/** What a filter asks about, by the name of its operator. */
export type FilterKind = "category" | "topic" | "date" | "in" | "is" | "post";

/** Names of operators as a query may have them. */
const NAMES: Readonly<Record<string, FilterKind>> = {
  category: "category",
  카테고리: "category",
  분류: "category",
  topic: "topic",
  주제: "topic",
  date: "date",
  날짜: "date",
  in: "in",
  부분: "in",
  is: "is",
  상태: "is",
  post: "post",
  글: "post",
};

/** The operators in the order in which they are told of. */
export const operators: readonly string[] = [
  "in:",
  "is:",
  "date:",
  "category:",
  "topic:",
  "post:",
  '"…"',
  "OR",
];

const QUOTE = '"\u201c\u201d';
const PIECE = new RegExp(
  `\\s+|-?(?:\\p{L}+[:：])?[${QUOTE}][^${QUOTE}]*[${QUOTE}]?|[^\\s${QUOTE}]+`,
  "gu",
);
const FILTER = /^(-?)(\p{L}+)[:：](.*)$/su;
const PHRASE = new RegExp(`^[${QUOTE}][^${QUOTE}]+[${QUOTE}]$`, "u");

/** Cuts a query into pieces: white space, phrases, words. */
export function tokens(query: string): Token[] {
  return [...query.matchAll(PIECE)].map((found) => ({
    text: found[0],
    kind: kindOf(found[0]),
    start: found.index,
  }));
}

/** A piece as a filter, or none if it is no operator with a value. */
export function filterOf(
  piece: string,
): { kind: FilterKind; value: string; negated: boolean } | null {
  const [, sign, name, written = ""] = FILTER.exec(piece) ?? [];
  const kind = name === undefined ? undefined : NAMES[name.toLowerCase()];
  const value = written.replace(new RegExp(`[${QUOTE}]`, "gu"), "").trim();
  return kind === undefined || value === "" ? null : { kind, value, negated: sign === "-" };
}

function kindOf(piece: string): TokenKind {
  if (/^-[^-\s]/u.test(piece)) return "negative";
  if (piece === "OR" || PHRASE.test(piece) || filterOf(piece)) return "operator";
  return "plain";
}

/** A stretch of the field's text with one look. */
export interface Stroke {
  readonly text: string;
  readonly kind: TokenKind;
  /** Whether something is odd there. */
  readonly odd: boolean;
}

/** The pieces of a query, cut once more where something odd begins and ends. */
export function strokes(query: string, odd: readonly (readonly [number, number])[]): Stroke[] {
  const ranges = odd.map((range) => widened(query, range));
  const cuts = ranges.flat();
  return tokens(query).flatMap(({ text, kind, start }) => {
    const end = start + text.length;
    const inside = cuts.filter((cut) => cut > start && cut < end);
    const bounds = [...new Set([start, ...inside, end])].sort((a, b) => a - b);
    return bounds.slice(1).map((to, index) => {
      const from = bounds[index] ?? start;
      const marked = ranges.some(([a, b]) => a <= from && to <= b);
      return { text: query.slice(from, to), kind, odd: marked };
    });
  });
}

/** An empty range takes the piece before it, or the one after: a point cannot be underlined. */
function widened(query: string, [from, to]: readonly [number, number]): [number, number] {
  if (from < to) return [from, Math.min(to, query.length)];
  const words = tokens(query).filter(({ text }) => text.trim() !== "");
  const before = words.findLast(({ start }) => start < from) ?? words[0];
  return before ? [before.start, before.start + before.text.length] : [from, to];
}

/**
 * The ranges of the answer to `asked` that still hold in `query`: those wholly before the first
 * difference, so that an underline neither flickers nor stands under other words while one types.
 */
export function stillThere<T extends { readonly range: readonly [number, number] }>(
  all: readonly T[],
  asked: string,
  query: string,
): T[] {
  if (asked === query) return [...all];
  const most = Math.min(asked.length, query.length);
  let same = 0;
  while (same < most && asked.charCodeAt(same) === query.charCodeAt(same)) same++;
  const whole = /^(?:\s|$)/u.test(query.slice(same)) && /^(?:\s|$)/u.test(asked.slice(same));
  return all.filter(({ range }) => range[1] < same || (whole && range[1] === same));
}
