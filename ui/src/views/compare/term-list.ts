import type { CompareView, TermView } from "../../ipc/client";

/** The headings of the list of terms, in order. */
export type TermGroup = TermView["state"] | "extra";

/** A line of the list. */
export interface TermLine {
  /** Place in the whole list, from 0. */
  readonly index: number;
  readonly group: TermGroup;
  readonly name: string;
  /** Index among the terms of the view; none for a term that only the answer has. */
  readonly term: number | null;
  readonly aliases: readonly string[];
  /** For a term said partly: the part that the answer has. */
  readonly part: string | null;
  readonly inAnswer: number;
  readonly inModel: number;
  /** Whether the user wants it in the list. */
  readonly wish: TermView["wish"];
}

const ORDER: readonly TermGroup[] = ["missing", "partly", "said", "extra"];

/** The lines under their headings: what is missing first, since that is what there is to learn. */
export function termList(view: CompareView): { group: TermGroup; lines: TermLine[] }[] {
  let index = 0;
  return ORDER.flatMap((group) => {
    const lines =
      group === "extra"
        ? view.extra_terms.map((name) => extra(view, name, index++))
        : view.terms.flatMap((term, at) =>
            term.state === group ? [line(view, term, at, index++)] : [],
          );
    return lines.length > 0 ? [{ group, lines }] : [];
  });
}

function line(view: CompareView, term: TermView, at: number, index: number): TermLine {
  const [first] = term.in_answer;
  const part = term.state === "partly" && first ? view.answer_text.slice(...first) : null;
  return {
    index,
    group: term.state,
    name: term.term,
    term: at,
    aliases: term.aliases,
    part,
    inAnswer: term.in_answer.length,
    inModel: term.in_model.length,
    wish: term.wish,
  };
}

function extra(view: CompareView, name: string, index: number): TermLine {
  const inAnswer = view.answer_text.split(name).length - 1;
  const none = { term: null, aliases: [], part: null, inModel: 0, wish: null };
  return { index, group: "extra", name, inAnswer, ...none };
}
