// What two edits of one text make together, as a first proposal for merging by hand.

import { presentableDiff } from "@codemirror/merge";

/** Offsets are UTF-16 units of the text both sides come from. */
interface Edit {
  from: number;
  to: number;
  insert: string;
}

function edits(base: string, side: string): Edit[] {
  return presentableDiff(base, side).map(({ fromA, toA, fromB, toB }) => ({
    from: fromA,
    to: toA,
    insert: side.slice(fromB, toB),
  }));
}

/** A stretch of the base with what each side does to it. */
interface Stretch {
  from: number;
  to: number;
  mine: Edit[];
  theirs: Edit[];
}

/** Edits that touch one another, of either side, go together. */
function stretches(mine: Edit[], theirs: Edit[]): Stretch[] {
  const all = [
    ...mine.map((edit) => ({ edit, own: true })),
    ...theirs.map((edit) => ({ edit, own: false })),
  ].sort((a, b) => a.edit.from - b.edit.from || a.edit.to - b.edit.to);
  const result: Stretch[] = [];
  for (const { edit, own } of all) {
    let last = result.at(-1);
    if (!last || edit.from > last.to) {
      last = { from: edit.from, to: edit.to, mine: [], theirs: [] };
      result.push(last);
    }
    last.to = Math.max(last.to, edit.to);
    (own ? last.mine : last.theirs).push(edit);
  }
  return result;
}

/** What a side makes of a stretch of the base. */
function made(base: string, { from, to }: Stretch, side: Edit[]): string {
  let text = "";
  let at = from;
  for (const edit of side) {
    text += base.slice(at, edit.from) + edit.insert;
    at = edit.to;
  }
  return text + base.slice(at, to);
}

/**
 * Makes the edits of both sides to `base`. Where they differ about the same place, mine stands:
 * `open` says how often.
 */
export function threeWay(
  base: string,
  mine: string,
  theirs: string,
): { text: string; open: number } {
  let text = "";
  let at = 0;
  let open = 0;
  for (const stretch of stretches(edits(base, mine), edits(base, theirs))) {
    text += base.slice(at, stretch.from);
    at = stretch.to;
    const [own, other] = [stretch.mine, stretch.theirs].map((side) => made(base, stretch, side));
    if (stretch.mine.length === 0) text += other;
    else {
      text += own;
      if (stretch.theirs.length > 0 && own !== other) open++;
    }
  }
  return { text: text + base.slice(at), open };
}
