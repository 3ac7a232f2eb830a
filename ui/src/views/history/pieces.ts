// A comparison as it is drawn: what differs with a little of what stands around it.

import type { DiffSpanView } from "../../ipc/client";

export interface Piece {
  kind: "same" | "removed" | "added";
  text: string;
  /** Lines that are folded in place of the text; none if it is shown. */
  folded: number | null;
}

/** Lines shown around what differs. */
const around = 2;
/** Equal lines that are not worth a fold. */
const least = 2 * around + 3;

/** Cuts equal stretches so that those far from any difference can be folded. */
export function piecesOf(spans: readonly DiffSpanView[]): Piece[] {
  return spans.flatMap((span, index): Piece[] => {
    const { kind, text } = span;
    if (text === "") return [];
    const whole: Piece = { kind, text, folded: null };
    if (kind !== "same") return [whole];
    // Each with the line break at its end.
    const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const before = index === 0 ? 0 : around;
    const after = index === spans.length - 1 ? 0 : around;
    if (lines.length < least || spans.length === 1) return [whole];
    const cut = lines.slice(before, lines.length - after);
    return [
      { kind, text: lines.slice(0, before).join(""), folded: null },
      { kind, text: cut.join(""), folded: cut.length },
      { kind, text: lines.slice(lines.length - after).join(""), folded: null },
    ].filter((piece) => piece.text !== "") as Piece[];
  });
}

/** A changed stretch as it is shown: one of nothing but blanks would not be seen. */
export function visible(text: string): string {
  return text.trim() === "" ? text.replace(/ /g, "␣").replace(/\n/g, "↵\n") : text;
}
