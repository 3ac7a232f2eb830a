// One editor that shows one of several texts. Those that are not shown keep their cursor, their
// steps to undo and where they were scrolled to.

import { Compartment, type EditorState, type Extension, type StateEffect } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type EditorHooks, extensions, type Kind, newState, readOnly, replaced } from "./setup";

export interface ShownTextsHooks
  extends Pick<EditorHooks, "keepPicture" | "pictureLost" | "filesRefused"> {
  /** The user changed the text `id`. */
  edited(id: string, text: string): void;
  /** A composition begins or ends in the text `id`. */
  composing(id: string, open: boolean): void;
  /** The editor of the text `id` loses the focus. */
  left(id: string): void;
  /** The text that is to be shown: its key, what it says now, and whether it is only read. */
  wanted(): { id: string; text: string; locked: boolean };
  /** What scrolls the text. */
  scroller(): HTMLElement | undefined;
  /** What else there is to change when another text is shown. */
  onshow?(id: string): StateEffect<unknown>[];
}

export interface ShownTextsLook {
  /** Name the text for screen readers and tests. */
  attributes?: Record<string, string>;
  kind?: Kind;
  more?: Extension;
}

export class ShownTexts {
  readonly view: EditorView;
  readonly #hooks: ShownTextsHooks;
  readonly #all: Extension;
  readonly #lock = new Compartment();
  /** The text the view shows; lags behind the one that is wanted while a composition is open. */
  #shown = "";
  readonly #states = new Map<string, EditorState>();
  readonly #scrolls = new Map<string, number>();

  constructor(parent: HTMLElement, hooks: ShownTextsHooks, look: ShownTextsLook = {}) {
    this.#hooks = hooks;
    const { attributes, kind, more = [] } = look;
    const { keepPicture, pictureLost, filesRefused } = hooks;
    this.#all = [
      extensions(
        {
          onedit: ({ state }) => hooks.edited(this.#shown, state.doc.toString()),
          oncomposition: (open) => {
            hooks.composing(this.#shown, open);
            if (!open) this.show();
          },
          onblur: () => hooks.left(this.#shown),
          ...(keepPicture ? { keepPicture } : {}),
          ...(pictureLost ? { pictureLost } : {}),
          ...(filesRefused ? { filesRefused } : {}),
        },
        attributes,
        kind,
      ),
      this.#lock.of([]),
      more,
    ];
    this.view = new EditorView({ parent });
  }

  get shown(): string {
    return this.#shown;
  }

  /** Shows the text that is wanted, unless a syllable is open in the one that is shown. */
  show(): void {
    const { view } = this;
    if (view.composing) return;
    const { id, text, locked } = this.#hooks.wanted();
    if (id !== this.#shown) {
      this.#leave();
      this.#shown = id;
      // What the file changed meanwhile comes in as from the file: the steps to undo stay.
      const kept = this.#states.get(id);
      view.setState(kept ? (replaced(kept, text)?.state ?? kept) : newState(text, this.#all));
      this.#states.delete(id);
      const effects = this.#hooks.onshow?.(id) ?? [];
      if (effects.length > 0) view.dispatch({ effects });
      const scroller = this.#hooks.scroller();
      if (scroller) scroller.scrollTop = this.#scrolls.get(id) ?? 0;
    }
    if ((this.#lock.get(view.state) === readOnly) !== locked) {
      view.dispatch({ effects: this.#lock.reconfigure(locked ? readOnly : []) });
    }
  }

  #leave(): void {
    const before = this.#shown;
    if (before === "") return;
    // A click ends a composition a moment before it gets here: its text is told now, for the news
    // would come when the view shows another one, and the save would wait for ever.
    this.#hooks.composing(before, false);
    this.#states.set(before, this.view.state);
    this.#scrolls.set(before, this.#hooks.scroller()?.scrollTop ?? 0);
  }

  /** Shows another text than it holds of `id`. */
  replace(id: string, text: string): void {
    if (id === this.#shown) {
      const change = replaced(this.view.state, text);
      if (change) this.view.dispatch(change);
      return;
    }
    const state = this.#states.get(id);
    const change = state && replaced(state, text);
    if (change) this.#states.set(id, change.state);
  }

  forget(id: string): void {
    this.#states.delete(id);
    this.#scrolls.delete(id);
  }

  destroy(): void {
    this.view.destroy();
  }
}
