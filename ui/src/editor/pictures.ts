// A picture that is pasted or dropped goes into the folder, and a link to it into the text.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { dropCursor, EditorView } from "@codemirror/view";

/** Puts a picture into the folder; resolves to its link, or null if that failed and was told. */
export type KeepPicture = (file: File) => Promise<string | null>;

export interface PictureHooks {
  /** Not given where a text takes no pictures. */
  keep: KeepPicture | undefined;
  /** A picture is in the folder, and the text it was for is not shown any more. */
  lost(link: string): void;
  /** Files that are not taken: for what they are, or for where they were dropped. */
  refuse(files: readonly File[], why: "kind" | "place"): void;
}

/** The kinds of pictures the folder takes. */
const kinds: readonly string[] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

const begin = StateEffect.define<{ id: number; at: number }>();
const end = StateEffect.define<number>();

/** Where the links of pictures that are on their way will stand. */
const places = StateField.define<ReadonlyMap<number, number>>({
  create: () => new Map(),
  update(before, { changes, effects, docChanged }) {
    if (effects.length === 0 && (!docChanged || before.size === 0)) return before;
    const after = new Map([...before].map(([id, at]) => [id, changes.mapPos(at, 1)]));
    for (const effect of effects) {
      if (effect.is(begin)) after.set(effect.value.id, effect.value.at);
      if (effect.is(end)) after.delete(effect.value);
    }
    return after;
  },
});

let last = 0;

/** Resolves when no syllable is open: the program changes nothing beside one. */
function settledIn(view: EditorView): Promise<void> {
  if (!view.composing) return Promise.resolve();
  return new Promise((resolve) => {
    const after = () => setTimeout(() => resolve(settledIn(view)), 80);
    view.contentDOM.addEventListener("compositionend", after, { once: true });
  });
}

/** Puts pictures in where the cursor is, or at `at`. `lost` gets links whose place is gone. */
async function put(
  view: EditorView,
  files: readonly File[],
  at: number,
  keep: KeepPicture,
  lost: (link: string) => void,
): Promise<void> {
  view.focus();
  for (const [nth, file] of files.entries()) {
    const id = ++last;
    view.dispatch({ effects: begin.of({ id, at }) });
    const link = await keep(file);
    await settledIn(view);
    const place = view.state.field(places, false)?.get(id);
    if (place === undefined) {
      if (link !== null) lost(link);
      continue;
    }
    if (link === null) {
      view.dispatch({ effects: end.of(id) });
      continue;
    }
    const insert = `![](${link})`;
    // Behind the bracket, where what it shows is written; of several, behind the last.
    const anchor = place + (files.length === 1 ? 2 : insert.length);
    view.dispatch({
      changes: { from: place, insert },
      ...(nth === files.length - 1 ? { selection: { anchor } } : {}),
      effects: end.of(id),
      userEvent: "input.paste",
      scrollIntoView: true,
    });
    at = place + insert.length;
  }
}

/** Takes the pictures among `files`, in their order; the rest is refused. */
function take(view: EditorView, files: readonly File[], at: number, hooks: PictureHooks): void {
  const { keep, lost, refuse } = hooks;
  if (!keep || view.state.readOnly) {
    refuse(files, "place");
    return;
  }
  const pictures = files.filter(({ type }) => kinds.includes(type));
  const others = files.filter((file) => !pictures.includes(file));
  if (others.length > 0) refuse(others, "kind");
  if (pictures.length > 0) void put(view, pictures, at, keep, lost);
}

const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])];

/** Pictures that are pasted or dropped. No other file's text gets into the one that is written. */
export function pictures(hooks: PictureHooks): Extension {
  return [
    places,
    dropCursor(),
    EditorView.domEventHandlers({
      paste(event, view) {
        // Text that comes with a picture of itself, as from a table, is wanted as text.
        if (event.clipboardData?.getData("text/plain")) return false;
        const files = filesOf(event.clipboardData);
        if (files.length === 0) return false;
        take(view, files, view.state.selection.main.to, hooks);
        return true;
      },
      drop(event, view) {
        const files = filesOf(event.dataTransfer);
        if (files.length === 0) return false;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        take(view, files, at ?? view.state.doc.length, hooks);
        return true;
      },
    }),
  ];
}
