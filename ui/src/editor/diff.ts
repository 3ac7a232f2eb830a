import { presentableDiff } from "@codemirror/merge";

export interface Piece {
  text: string;
  changed: boolean;
}

/** Both texts cut where they differ, for showing them side by side. */
export function marked(mine: string, theirs: string): { mine: Piece[]; theirs: Piece[] } {
  const changes = presentableDiff(mine, theirs);
  return {
    mine: pieces(
      mine,
      changes.map(({ fromA, toA }) => [fromA, toA]),
    ),
    theirs: pieces(
      theirs,
      changes.map(({ fromB, toB }) => [fromB, toB]),
    ),
  };
}

function pieces(text: string, changed: [number, number][]): Piece[] {
  const result: Piece[] = [];
  let at = 0;
  const push = (to: number, differs: boolean) => {
    if (to > at) result.push({ text: text.slice(at, to), changed: differs });
    at = to;
  };
  for (const [from, to] of changed) {
    push(from, false);
    push(to, true);
  }
  push(text.length, false);
  return result;
}
