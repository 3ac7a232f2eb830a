// What is worked out from a text while someone types in it.

/** UTF-16 units from which a text is long: going over it at every keystroke holds the keys up. */
export const long = 50_000;
/** Milliseconds of rest after which a long text is gone over. */
const rest = 200;

/** The text that `source` gives; of a long one the last that was left alone for a moment. */
export function rested(source: () => string): { readonly text: string } {
  let text = $state(source());
  $effect(() => {
    const now = source();
    if (now.length < long) {
      text = now;
      return;
    }
    const timer = setTimeout(() => {
      text = now;
    }, rest);
    return () => clearTimeout(timer);
  });
  return {
    get text() {
      return text;
    },
  };
}
