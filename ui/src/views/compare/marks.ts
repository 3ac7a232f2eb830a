import type { CompareView, TermView } from "../../ipc/client";
import type { Span } from "./rows";

/** Which of the two texts. */
export type Side = "answer" | "model";

/** A marked place in one of the texts. */
export interface Mark {
  readonly span: Span;
  /** How a term is said; none where only a flag stands. */
  readonly state: TermView["state"] | null;
  /** Index among the terms; none for a flag. */
  readonly term: number | null;
  /** Index among the flags; none for a term. */
  readonly flag: number | null;
}

/** A run of text of a sentence as it is shown. */
export interface Piece {
  readonly text: string;
  readonly mark: Mark | null;
  readonly code: boolean;
}

/** Marks of one text: ascending and disjoint. Flags win over terms, longer terms over shorter ones. */
export function marks(view: CompareView, side: Side): Mark[] {
  const found: Mark[] = [];
  for (const [index, span] of flagSpans(view, side).entries()) {
    if (span) found.push({ span, state: null, term: null, flag: index });
  }
  const terms = view.terms
    .flatMap((term, index) =>
      (side === "answer" ? term.in_answer : term.in_model).map((span) => ({
        span,
        state: term.state,
        term: index,
        flag: null,
      })),
    )
    .sort((a, b) => b.span[1] - b.span[0] - (a.span[1] - a.span[0]) || a.span[0] - b.span[0]);
  for (const mark of terms) {
    if (!found.some((other) => overlap(other.span, mark.span))) found.push(mark);
  }
  return found.sort((a, b) => a.span[0] - b.span[0]);
}

/**
 * Where each flag stands in a text, by index of the flag.
 *
 * A flag belongs to a pair of sentences, so it is looked for in a pair that holds both its sides
 * before the text as a whole; a short `3` would otherwise be found anywhere.
 */
export function flagSpans(view: CompareView, side: Side): (Span | null)[] {
  const text = side === "answer" ? view.answer_text : view.model_text;
  return view.flags.map((flag) => {
    const words = side === "answer" ? flag.answer : flag.model;
    if (words === "") return null;
    for (const sentence of view.sentences) {
      if (
        !sentence.in_answer ||
        !sentence.model.includes(flag.model) ||
        !sentence.answer?.includes(flag.answer)
      )
        continue;
      const [start, end] = side === "answer" ? sentence.in_answer : sentence.in_model;
      const at = text.slice(start, end).indexOf(words);
      if (at >= 0) return [start + at, start + at + words.length];
    }
    const at = text.indexOf(words);
    return at < 0 ? null : [at, at + words.length];
  });
}

/** The number of the sentence pair, from 1 in the model answer, that a flag belongs to. */
export function flagSentence(view: CompareView, flag: number): number | null {
  const span = flagSpans(view, "model")[flag];
  const index = span ? view.sentences.findIndex((one) => overlap(one.in_model, span)) : -1;
  return index < 0 ? null : index + 1;
}

/** Cuts a sentence at its marks and takes the signs of markdown out of it. */
export function pieces(text: string, span: Span, all: readonly Mark[]): Piece[] {
  const out: Piece[] = [];
  const push = (from: number, to: number, mark: Mark | null): void => {
    for (const run of plain(text, from, to)) out.push({ ...run, mark });
  };
  let at = span[0];
  for (const mark of all) {
    const start = Math.max(mark.span[0], at);
    const end = Math.min(mark.span[1], span[1]);
    if (start >= end) continue;
    push(at, start, null);
    push(start, end, mark);
    at = end;
  }
  push(at, span[1], null);
  return out;
}

const SIGNS =
  /`+|\*\*|(?<![\p{L}\p{N}])__|__(?![\p{L}\p{N}])|~~|<[^>\n]{1,80}>|^[ \t]*(?:#{1,6}|[-*+]|\d+[.)]|>)[ \t]+|[ \t]*\\?\n[ \t]*/gmu;

/** `text[from..to]` without markdown signs; code is told apart. */
function plain(text: string, from: number, to: number): { text: string; code: boolean }[] {
  const out: { text: string; code: boolean }[] = [];
  const push = (start: number, end: number, code: boolean): void => {
    if (start < end) out.push({ text: text.slice(start, end), code });
  };
  // Whether a backtick is open is decided by those before it in the same line.
  let code =
    (text.slice(text.lastIndexOf("\n", from - 1) + 1, from).match(/`+/gu)?.length ?? 0) % 2 === 1;
  let at = from;
  for (const sign of text.slice(from, to).matchAll(SIGNS)) {
    const start = from + sign.index;
    const [signText] = sign;
    const tick = signText.startsWith("`");
    if (code && !tick) continue;
    push(at, start, code);
    if (tick) code = !code;
    else if (signText.includes("\n")) out.push({ text: " ", code: false });
    at = start + signText.length;
  }
  push(at, to, code);
  return out;
}

function overlap(a: Span, b: Span): boolean {
  return a[0] < b[1] && b[0] < a[1];
}
