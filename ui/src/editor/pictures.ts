// A picture that is pasted or dropped goes into the folder, and a link to it into the text.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** Puts a picture into the folder; resolves to its link, or null if that failed and was told. */
export type KeepPicture = (file: File) => Promise<string | null>;

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
  for (const file of files) {
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
    view.dispatch({
      changes: { from: place, insert },
      // Behind the bracket, where what it shows is written.
      ...(files.length === 1 ? { selection: { anchor: place + 2 } } : {}),
      effects: end.of(id),
      userEvent: "input.paste",
      scrollIntoView: true,
    });
    at = place + insert.length;
  }
}

function picturesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
}

export function pastedPictures(keep: KeepPicture, lost: (link: string) => void): Extension {
  return [
    places,
    EditorView.domEventHandlers({
      paste(event, view) {
        // Text that comes with a picture of itself, as from a table, is wanted as text.
        if (event.clipboardData?.getData("text/plain")) return false;
        const files = picturesOf(event.clipboardData);
        if (files.length === 0 || view.state.readOnly) return false;
        void put(view, files, view.state.selection.main.to, keep, lost);
        return true;
      },
      drop(event, view) {
        const files = picturesOf(event.dataTransfer);
        if (files.length === 0 || view.state.readOnly) return false;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        void put(view, files, at ?? view.state.doc.length, keep, lost);
        return true;
      },
    }),
  ];
}
