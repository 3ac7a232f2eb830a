// Marks of markdown fade but for those on the lines the cursor is at, and tables are set in a fixed
// width. Both are classes of whole lines: nothing inside a line changes, so that a composition can go
// on there, and while one is open not even those do.

import { syntaxTree } from "@codemirror/language";
import { type Extension, RangeSetBuilder, StateEffect } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin } from "@codemirror/view";

/** Blocks whose marks belong together: the cursor in one shows them all. */
const together = new Set(["FencedCode", "FrontMatter", "Table", "HTMLBlock"]);

const near = Decoration.line({ class: "cm-near" });
const table = Decoration.line({ class: "cm-table" });
const nearTable = Decoration.line({ class: "cm-near cm-table" });

/** Told when a composition has ended: what was put off is drawn. */
export const settled = StateEffect.define<null>();

export interface LiveLine {
  /** Start of the line, in UTF-16 units. */
  readonly from: number;
  readonly near: boolean;
  readonly table: boolean;
}

type Shown = Pick<EditorView, "state" | "visibleRanges">;

/** The lines in view that look different. */
export function liveLines({ state, visibleRanges }: Shown, focused = true): LiveLine[] {
  const found = new Map<number, { near: boolean; table: boolean }>();
  const { doc } = state;
  const tree = syntaxTree(state);
  const put = (from: number, to: number, look: "near" | "table") => {
    for (const range of visibleRanges) {
      let at = Math.max(from, range.from);
      const end = Math.min(to, range.to);
      while (at <= end) {
        const line = doc.lineAt(at);
        const known = found.get(line.from) ?? { near: false, table: false };
        known[look] = true;
        found.set(line.from, known);
        at = line.to + 1;
      }
    }
  };
  for (const { from, to } of visibleRanges) {
    tree.iterate({
      from,
      to,
      enter(node) {
        if (node.name === "Table") put(node.from, node.to, "table");
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
  const lines = [...found].map(([from, look]) => ({ from, ...look }));
  return lines.sort((a, b) => a.from - b.from);
}

function drawn(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const line of liveLines(view, view.hasFocus)) {
    const look = line.near ? (line.table ? nearTable : near) : table;
    builder.add(line.from, line.from, look);
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
