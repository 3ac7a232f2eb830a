/** How a piece of a query is tinted in the field. */
export type TokenKind = "plain" | "operator" | "negative";

/** A piece of a query as typed; the pieces put together are the query. */
export interface Token {
  readonly text: string;
  readonly kind: TokenKind;
}

/** A way to finish the operator at the caret. */
export interface Completion {
  /** What it stands for, as in `is:draft`. */
  readonly text: string;
  /** The query with it put in. */
  readonly query: string;
  /** Where the caret goes, in UTF-16 units. */
  readonly caret: number;
}

const STATES = ["answered", "draft", "unanswered"] as const;
const PARTS = ["answer", "model", "question", "hint"] as const;
const OPERATORS = ["in:", "is:", "date:", "category:", "topic:", "post:"] as const;

/** The operators in the order in which they are offered. */
export const operators: readonly string[] = [...OPERATORS, '"…"', "OR"];

const PIECE = /\s+|-?(?:(?:in|is|date|category|topic|post):)?"[^"]*"?|\S+/giu;
const OPERATOR = /^-?(?:in|is|date|category|topic|post):./iu;

/** Cuts a query into pieces for the tints of the field. */
export function tokens(query: string): Token[] {
  return [...query.matchAll(PIECE)].map(([text]) => ({ text, kind: kindOf(text) }));
}

function kindOf(piece: string): TokenKind {
  if (/^-./u.test(piece)) return "negative";
  if (piece === "OR" || OPERATOR.test(piece) || /^"[^"]+"$/u.test(piece)) return "operator";
  return "plain";
}

/** Ways to finish the word that ends at `caret`; none while there is no operator in sight. */
export function completions(
  query: string,
  caret: number,
  categories: readonly string[],
): Completion[] {
  const before = query.slice(0, caret);
  const word = /(?:^|\s)-?([^\s"]*)$/u.exec(before)?.[1] ?? "";
  if (word === "" || (caret < query.length && /\S/u.test(query.charAt(caret)))) return [];
  const start = caret - word.length;
  return candidates(word, categories)
    .filter((text) => text !== word)
    .map((text) => {
      const end = text.endsWith(":") ? text : `${text} `;
      return {
        text,
        query: query.slice(0, start) + end + query.slice(caret).trimStart(),
        caret: start + end.length,
      };
    });
}

function candidates(word: string, categories: readonly string[]): string[] {
  const colon = word.indexOf(":");
  const lower = word.toLowerCase();
  if (colon < 0)
    return word.length < 2 ? [] : OPERATORS.filter((operator) => operator.startsWith(lower));
  const operator = lower.slice(0, colon + 1);
  const value = word.slice(colon + 1).toLowerCase();
  const values = valuesOf(operator, categories).filter((one) =>
    one.toLowerCase().startsWith(value),
  );
  return values.map((one) => operator + (/\s/u.test(one) ? `"${one}"` : one)).slice(0, 8);
}

function valuesOf(operator: string, categories: readonly string[]): readonly string[] {
  if (operator === "is:") return STATES;
  if (operator === "in:") return PARTS;
  return operator === "category:" ? categories : [];
}
