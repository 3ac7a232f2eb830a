// Keeps WebKitGTK from writing one syllable twice.
//
// When the focus leaves the page in the middle of a syllable (Alt+Tab, Alt+F4), the engine ends the
// composition by itself, and the input method, told of the lost focus, hands over the same syllable
// once or twice more. Nothing of that is typed: a syllable that is typed twice begins a composition
// of its own each time.

const hangul = /^[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]+$/;
const modifiers = new Set(["Alt", "AltGraph", "Control", "Meta", "Shift"]);

/** Refuses repeated syllables in every field below `target`; the result stops that. */
export function refuseDoubledSyllables(target: EventTarget): () => void {
  /** What the last composition ended with, until something else is typed. */
  let ended = "";

  const onstart = () => {
    ended = "";
  };
  const onend = (event: Event) => {
    ended = (event as CompositionEvent).data;
  };
  const onkeydown = (event: Event) => {
    // A key that the input method swallowed has no name.
    const { key, keyCode } = event as KeyboardEvent;
    if (key !== "Unidentified" && keyCode !== 229 && !modifiers.has(key)) ended = "";
  };
  const onbeforeinput = (event: Event) => {
    const { inputType, data } = event as InputEvent;
    if (inputType !== "insertFromComposition" || !data) return;
    if (data !== ended || !hangul.test(data)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const listeners = {
    compositionstart: onstart,
    compositionend: onend,
    keydown: onkeydown,
    beforeinput: onbeforeinput,
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
