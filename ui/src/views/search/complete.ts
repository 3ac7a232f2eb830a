// Completions at the caret of the field: when they are shown, and what taking one does.

import type { CompletionItem, CompletionView } from "../../ipc/client";
import type { Edited } from "./chips";

/** What is offered for a query as it was. */
export interface Offer {
  readonly query: string;
  readonly caret: number;
  readonly range: readonly [number, number];
  readonly items: readonly CompletionItem[];
}

const OPERATOR_BEGUN = /^\p{L}+[:：]/u;

/**
 * What of an answer opens the list by itself. Someone who writes an operator's name or value wants
 * it; someone who writes a word wants hits: there the list waits for Ctrl+Space.
 */
export function offered(
  { query, cursor }: { query: string; cursor: number },
  { range, items }: CompletionView,
  asked: boolean,
): Offer | null {
  const typed = query.slice(range[0], range[1]);
  const value = OPERATOR_BEGUN.test(typed);
  const useful = items.filter(
    (item) => item.insert !== typed && (asked || value || operatorBegun(item, typed)),
  );
  return useful.length === 0 ? null : { query, caret: cursor, range, items: useful };
}

/** One letter begins too many words to be an operator's name already. */
function operatorBegun(item: CompletionItem, typed: string): boolean {
  const least = /^\p{Script=Hangul}/u.test(typed) ? 1 : 2;
  return item.kind === "operator" && typed.length >= least;
}

/** Categories and topics that begin as a plain word does, to be offered as filters beside it. */
export function asFilters({ items, range }: CompletionView, query: string): CompletionItem[] {
  const typed = query.slice(range[0], range[1]);
  if (typed === "" || OPERATOR_BEGUN.test(typed)) return [];
  return items.filter(({ kind }) => kind === "category" || kind === "topic").slice(0, 2);
}

/**
 * Which item is chosen at first: a value that was begun and is not there whole. Where Enter may as
 * well mean the query as it stands, none is.
 */
export function firstChosen({ query, range, items }: Offer): number {
  const typed = query.slice(range[0], range[1]);
  const value = typed.replace(OPERATOR_BEGUN, "").replace(/["\u201c\u201d]/gu, "");
  if (!OPERATOR_BEGUN.test(typed) || value === "") return -1;
  return items.some(({ label }) => label.toLowerCase() === value.toLowerCase()) ? -1 : 0;
}

/** The query with an item taken; behind a value goes on a new word. */
export function accepted({ query, range: [from, to] }: Offer, item: CompletionItem): Edited {
  const rest = query.slice(to);
  const open = /[:：]$/u.test(item.insert);
  const space = open || /^\s/u.test(rest) ? "" : " ";
  const put = query.slice(0, from) + item.insert + space;
  return { query: put + rest, caret: put.length + (open || space !== "" ? 0 : 1) };
}
