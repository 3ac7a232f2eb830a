// Keeps WebKitGTK from losing or doubling the last syllable when a composition is cut.
//
// What cuts it is a click elsewhere, or a key that takes the focus away (Alt+Tab, Alt+F4). The engine
// then takes the syllable out of the text and ends the composition; a moment later the input method
// hands the syllable over. If the focus has moved in between, that goes nowhere; if the engine has
// put it back by itself, it stands there twice. So it is put back here as soon as the focus goes, and
// every further copy is refused. A syllable that is typed twice begins a composition each time.

const hangul = /^[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]+$/;
const modifiers = new Set(["Alt", "AltGraph", "Control", "Meta", "Shift"]);

/** Most milliseconds between a cut and the loss of the focus that caused it. */
const moment = 300;

/** A syllable that was taken out of a field. */
interface Cut {
  field: EventTarget | null;
  syllable: string;
  /** Milliseconds on the page's clock. */
  at: number;
}

/** Writes a text into an editor that is no plain field. */
type Insert = (field: HTMLElement, text: string) => void;
let insertIntoEditor: Insert = () => {};

/** The editor says how it takes a text when it is loaded: the first page does without it. */
export function takeSyllables(insert: Insert): void {
  insertIntoEditor = insert;
}

/**
 * Guards every field below `target`; the result stops that. `away` is told when a syllable was taken
 * out of a field, and when it stands there again or nobody waits for it any more.
 */
export function guardSyllables(
  target: EventTarget,
  away: (is: boolean) => void = () => {},
): () => void {
  /** What is being composed. */
  let open = "";
  let cut: Cut | null = null;
  /** The syllable that stands in the text already, until something else is typed. */
  let written = "";

  const forget = () => {
    cut = null;
    away(false);
  };

  const listeners: Record<string, (event: Event) => void> = {
    compositionstart() {
      open = "";
      forget();
      written = "";
    },
    compositionupdate(event) {
      open = (event as CompositionEvent).data;
    },
    compositionend(event) {
      const { data } = event as CompositionEvent;
      if (data) written = data;
      else if (hangul.test(open)) {
        cut = { field: event.target, syllable: open, at: performance.now() };
        away(true);
      }
      open = "";
    },
    keydown(event) {
      // A key that the input method swallowed has no name.
      const { key, keyCode } = event as KeyboardEvent;
      if (key === "Unidentified" || keyCode === 229 || modifiers.has(key)) return;
      forget();
      written = "";
    },
    beforeinput(event) {
      const { inputType, data } = event as InputEvent;
      if (inputType !== "insertFromComposition" || !data) return;
      if (data === written && hangul.test(data)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else cut = null;
    },
    // Only now it stands in the text.
    input() {
      if (!cut) away(false);
    },
    blur(event) {
      const lost = cut;
      if (!lost || lost.field !== event.target) return;
      if (performance.now() - lost.at <= moment) {
        written = lost.syllable;
        putBack(lost.field, lost.syllable);
      }
      forget();
    },
  };
  for (const [type, listen] of Object.entries(listeners)) {
    target.addEventListener(type, listen, true);
  }
  return () => {
    for (const [type, listen] of Object.entries(listeners)) {
      target.removeEventListener(type, listen, true);
    }
  };
}

/** Writes `text` where the cursor of `field` is. */
function putBack(field: EventTarget | null, text: string): void {
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    const at = field.selectionStart ?? field.value.length;
    field.setRangeText(text, at, field.selectionEnd ?? at, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
  } else if (field instanceof HTMLElement) {
    insertIntoEditor(field, text);
  }
}
