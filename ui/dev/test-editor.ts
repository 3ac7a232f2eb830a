// An editor as the pages have it, for tests.

import { EditorSelection } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { extensions, type Kind, newState } from "../src/editor/setup";

const hooks = { onedit: () => {}, oncomposition: () => {}, onblur: () => {} };

/** Opens an editor; `|` is the cursor, two of them a selection. */
export function editorOf(marked: string, kind: Kind = "part"): EditorView {
  const [before = "", ...rest] = marked.split("|");
  const text = before + rest.join("");
  const head = rest.length > 1 ? before.length + (rest[0]?.length ?? 0) : before.length;
  const view = new EditorView({
    parent: document.body,
    state: newState(text, extensions(hooks, {}, kind)),
  });
  view.dispatch({ selection: EditorSelection.single(before.length, head) });
  return view;
}

/** The text with the cursor as `|`. */
export function shownIn(view: EditorView): string {
  const text = view.state.doc.toString();
  const { from, to } = view.state.selection.main;
  const inside = from === to ? "" : `${text.slice(from, to)}|`;
  return `${text.slice(0, from)}|${inside}${text.slice(to)}`;
}

/** Types as the engine reports it: one handler after another, else as plain text. */
export function typeIn(view: EditorView, text: string): void {
  for (const piece of text) typeAtOnce(view, piece);
}

export function typeAtOnce(view: EditorView, text: string): void {
  const { from, to } = view.state.selection.main;
  const insert = () =>
    view.state.update({
      changes: { from, to, insert: text },
      selection: { anchor: from + text.length },
      userEvent: "input.type",
    });
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
}

/** Presses a key that CodeMirror hears. */
export function press(view: EditorView, key: string, keyCode: number): void {
  const event = new KeyboardEvent("keydown", { key, keyCode, bubbles: true, cancelable: true });
  view.contentDOM.dispatchEvent(event);
}

/** Pastes a plain text. */
export function pasteIn(view: EditorView, text: string): void {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => text, files: [], items: [] } });
  view.contentDOM.dispatchEvent(event);
}
