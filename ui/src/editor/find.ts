// Finding and replacing in an editor. What is found is painted in a layer behind the text, as the marks
// of the search are, so that a composition can go on beside it.

import { SearchQuery } from "@codemirror/search";
import {
  EditorSelection,
  type EditorState,
  type Extension,
  StateEffect,
  StateField,
} from "@codemirror/state";
import { EditorView, layer } from "@codemirror/view";
import { rectangles } from "./text-boxes";

/** A place in the document, in UTF-16 units. */
export interface Found {
  readonly from: number;
  readonly to: number;
  /** What a regular expression matched. */
  readonly match?: RegExpExecArray;
}

/** How many places are counted. */
export const mostFound = 2000;

const setQuery = StateEffect.define<SearchQuery | null>();

const asked = StateField.define<SearchQuery | null>({
  create: () => null,
  update(query, transaction) {
    for (const effect of transaction.effects) if (effect.is(setQuery)) return effect.value;
    return query;
  },
});

/** Runs over the matches between two places. Half a syllable is none: `도` is not in `동`. */
function* matchesOf(
  query: SearchQuery,
  state: EditorState,
  from = 0,
  to = state.doc.length,
): Generator<Found> {
  const cursor = query.getCursor(state, from, to) as Iterator<Found & { precise?: boolean }>;
  for (let next = cursor.next(); !next.done; next = cursor.next()) {
    const { value } = next;
    if (value.precise === false || value.from >= value.to) continue;
    // The cursor may use its object for the next match.
    yield value.match
      ? { from: value.from, to: value.to, match: value.match }
      : { from: value.from, to: value.to };
  }
}

/** Every match, `mostFound` at most. */
export function allFound(query: SearchQuery, state: EditorState): Found[] {
  const found: Found[] = [];
  if (!query.valid) return found;
  for (const one of matchesOf(query, state)) {
    found.push(one);
    if (found.length === mostFound) break;
  }
  return found;
}

/** The match to go to from a selection: behind it (`1`) or before it (`-1`), round the ends. */
export function stepFrom(
  found: readonly Found[],
  { from, to }: { from: number; to: number },
  step: 1 | -1,
): number {
  if (found.length === 0) return -1;
  if (step === 1) {
    const here = found.findIndex((one) => one.from === from && one.to === to);
    const next = found.findIndex((one, i) => (here >= 0 ? i > here : one.from >= from));
    return Math.max(next, 0);
  }
  const before = found.findLastIndex((one) => one.to <= from || one.from < from);
  return before < 0 ? found.length - 1 : before;
}

/** The text that takes a match's place: `$1`, `$&` and `$$` stand for what an expression matched. */
export function replacementOf({ replace, regexp }: SearchQuery, { match }: Found): string {
  if (!regexp || !match) return replace;
  return replace
    .replace(/\\([nt\\])/g, (_, c: string) => (c === "n" ? "\n" : c === "t" ? "\t" : "\\"))
    .replace(/\$([$&]|\d+)/g, (whole, sign: string) => {
      if (sign === "$") return "$";
      return match[sign === "&" ? 0 : Number(sign)] ?? whole;
    });
}

const painter = layer({
  above: false,
  class: "find-layer",
  update: (update) =>
    update.docChanged ||
    update.viewportChanged ||
    update.geometryChanged ||
    update.selectionSet ||
    update.startState.field(asked) !== update.state.field(asked),
  markers(view) {
    const query = view.state.field(asked);
    if (!query?.valid) return [];
    const marker = rectangles(view);
    const { main } = view.state.selection;
    return view.visibleRanges.flatMap(({ from, to }) =>
      [...matchesOf(query, view.state, from, to)].flatMap((one) => {
        const here = one.from === main.from && one.to === main.to;
        return marker(one.from, one.to, here ? "find-mark is-current" : "find-mark");
      }),
    );
  },
});

export const finding: Extension = [asked, painter];

/** What is looked for. */
export interface Wanted {
  readonly search: string;
  readonly replace: string;
  readonly caseSensitive: boolean;
  readonly wholeWord: boolean;
  readonly regexp: boolean;
}

export function queryOf(wanted: Wanted): SearchQuery {
  // A backslash is a backslash unless an expression is meant.
  return new SearchQuery({ ...wanted, literal: !wanted.regexp });
}

/** How many matches there are, and which one (from 1) is selected, or 0. */
export interface Looked {
  readonly count: number;
  readonly at: number;
  /** Whether the expression is none. */
  readonly invalid: boolean;
}

/** Finds and replaces in one editor. */
export interface Finder {
  readonly readOnly: boolean;
  /** The selected words, if they are on one line. */
  selected(): string;
  focus(): void;
  /** Marks what is wanted and counts it. */
  look(wanted: Wanted): Looked;
  clear(): void;
  /** Selects the next match (`1`), the one before (`-1`), or the first from the cursor on (`0`). */
  step(wanted: Wanted, step: 1 | 0 | -1): Looked;
  /** Replaces the selected match and selects the next. */
  replaceNext(wanted: Wanted): Looked;
  /** Replaces all in one step of the history; returns how many. */
  replaceAll(wanted: Wanted): number;
}

export function finderOf(view: EditorView): Finder {
  const put = (query: SearchQuery | null) => {
    const before = view.state.field(asked, false) ?? null;
    if (before === query || (before && query && before.eq(query))) return;
    view.dispatch({ effects: setQuery.of(query) });
  };
  const isSelected = ({ from, to }: Found) => {
    const { main } = view.state.selection;
    return from === main.from && to === main.to;
  };
  const go = ({ from, to }: Found) => {
    if (view.composing) return;
    view.dispatch({
      selection: EditorSelection.range(from, to),
      effects: EditorView.scrollIntoView(from, { y: "center" }),
      userEvent: "select.search",
    });
  };
  const change = (query: SearchQuery, found: readonly Found[]): number => {
    if (view.composing || view.state.readOnly || found.length === 0) return 0;
    const changes = found.map((one) => ({
      from: one.from,
      to: one.to,
      insert: replacementOf(query, one),
    }));
    view.dispatch({ changes, userEvent: "input.replace" });
    return changes.length;
  };
  const finder: Finder = {
    get readOnly() {
      return view.state.readOnly;
    },
    selected() {
      const { from, to } = view.state.selection.main;
      const chosen = view.state.sliceDoc(from, Math.min(to, from + 200));
      return chosen.includes("\n") ? "" : chosen;
    },
    focus: () => view.focus(),
    clear: () => put(null),
    look(wanted) {
      const query = queryOf(wanted);
      put(query.valid ? query : null);
      const found = allFound(query, view.state);
      const invalid = wanted.search !== "" && !query.valid;
      return { count: found.length, at: found.findIndex(isSelected) + 1, invalid };
    },
    step(wanted, step) {
      const found = allFound(queryOf(wanted), view.state);
      const { from, to } = view.state.selection.main;
      const at =
        step === 0 ? stepFrom(found, { from, to: from }, 1) : stepFrom(found, { from, to }, step);
      const next = found[at];
      if (next) go(next);
      return finder.look(wanted);
    },
    replaceNext(wanted) {
      const query = queryOf(wanted);
      const here = allFound(query, view.state).find(isSelected);
      if (here && change(query, [here]) > 0) {
        view.dispatch({ selection: { anchor: view.state.selection.main.to } });
      }
      return finder.step(wanted, 1);
    },
    replaceAll(wanted) {
      const query = queryOf(wanted);
      return change(query, query.valid ? [...matchesOf(query, view.state)] : []);
    },
  };
  return finder;
}
