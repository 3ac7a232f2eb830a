// Marks of markdown fade but for those on the lines the cursor is at, and tables and blocks of code are
// set in a fixed width. All are classes of whole lines: nothing inside a line changes, so that a composition can go
// on there, and while one is open not even those do.

import { syntaxTree } from "@codemirror/language";
import { type Extension, RangeSetBuilder, StateEffect } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin } from "@codemirror/view";

/** Blocks whose marks belong together: the cursor in one shows them all. */
const together = new Set(["FencedCode", "FrontMatter", "Table", "HTMLBlock"]);

/** Told when a composition has ended: what was put off is drawn. */
export const settled = StateEffect.define<null>();

const looks = ["near", "table", "code"] as const;
type Look = (typeof looks)[number];

/** Blocks that are set in a fixed width. */
const fixed: Record<string, Look> = { Table: "table", FencedCode: "code", CodeBlock: "code" };

export interface LiveLine {
  /** Start of the line, in UTF-16 units. */
  readonly from: number;
  readonly looks: ReadonlySet<Look>;
}

type Shown = Pick<EditorView, "state" | "visibleRanges">;

/** The lines in view that look different. */
export function liveLines({ state, visibleRanges }: Shown, focused = true): LiveLine[] {
  const found = new Map<number, Set<Look>>();
  const { doc } = state;
  const tree = syntaxTree(state);
  const put = (from: number, to: number, look: Look) => {
    for (const range of visibleRanges) {
      let at = Math.max(from, range.from);
      const end = Math.min(to, range.to);
      while (at <= end) {
        const line = doc.lineAt(at);
        found.set(line.from, (found.get(line.from) ?? new Set()).add(look));
        at = line.to + 1;
      }
    }
  };
  for (const { from, to } of visibleRanges) {
    tree.iterate({
      from,
      to,
      enter(node) {
        const look = fixed[node.name];
        if (look) put(node.from, node.to, look);
      },
    });
  }
  for (const { from, to } of focused ? state.selection.ranges : []) {
    put(from, to, "near");
    for (const [place, side] of [
      [from, 1],
      [to, -1],
    ] as const) {
      for (let node = tree.resolve(place, side); node.parent; node = node.parent) {
        if (together.has(node.name)) put(node.from, node.to, "near");
      }
    }
  }
  const lines = [...found].map(([from, all]) => ({ from, looks: all }));
  return lines.sort((a, b) => a.from - b.from);
}

const decorations = new Map<string, Decoration>();

/** One for each set of looks, so that what stays the same is known to be. */
function decoration(of: ReadonlySet<Look>): Decoration {
  const name = looks
    .filter((look) => of.has(look))
    .map((look) => `cm-${look}`)
    .join(" ");
  let found = decorations.get(name);
  if (!found) {
    found = Decoration.line({ class: name });
    decorations.set(name, found);
  }
  return found;
}

function drawn(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const line of liveLines(view, view.hasFocus)) {
    builder.add(line.from, line.from, decoration(line.looks));
  }
  return builder.finish();
}

export const live: Extension = ViewPlugin.define(
  (view) => ({
    lines: drawn(view),
    tree: syntaxTree(view.state),
    update(update) {
      if (update.view.composing) {
        this.lines = this.lines.map(update.changes);
        return;
      }
      const tree = syntaxTree(update.state);
      const ended = update.transactions.some((tr) => tr.effects.some((e) => e.is(settled)));
      const moved = update.docChanged || update.selectionSet || update.viewportChanged;
      if (!moved && !update.focusChanged && !ended && tree === this.tree) return;
      this.tree = tree;
      this.lines = drawn(update.view);
    },
  }),
  { decorations: (plugin) => plugin.lines },
);
