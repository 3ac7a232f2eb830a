/** Counts of a text: characters are code points, words are what whitespace separates. */
export interface Counts {
  /** Without whitespace. */
  chars: number;
  /** With spaces, without line breaks. */
  withSpaces: number;
  words: number;
  /** A text without a line break has one. */
  lines: number;
}

/** Runs at every keystroke: looks at UTF-16 units, makes no strings. */
export function count(text: string): Counts {
  let chars = 0;
  let spaces = 0;
  let words = 0;
  let lines = 1;
  let inWord = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (isSpace(unit)) {
      if (unit === 10) lines++;
      else if (unit !== 13) spaces++;
      inWord = false;
    } else {
      // The second half of a pair is no character of its own.
      if (unit < 0xdc00 || unit > 0xdfff) chars++;
      if (!inWord) words++;
      inWord = true;
    }
  }
  return { chars, withSpaces: chars + spaces, words, lines };
}

function isSpace(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 9 && unit <= 13);
  if (unit < 0xa0) return false;
  return (
    unit === 0xa0 ||
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000 ||
    unit === 0xfeff
  );
}
