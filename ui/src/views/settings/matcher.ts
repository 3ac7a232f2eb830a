// Words as they are being typed: found with other blanks, and with a last syllable that is not
// finished yet.

/** First syllable, and the initial consonants in the order of Unicode. */
const first = 0xac00;
const initials = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
/** Final consonants in the order of Unicode: what each leaves and what begins the next syllable. */
const finals = [
  "",
  ..."ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(
    " ",
  ),
];

const hangul = /\p{Script=Hangul}/u;
const escaped = (letter: string) => letter.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
const syllables = (from: number, count: number) =>
  `[${String.fromCharCode(from)}-${String.fromCharCode(from + count - 1)}]`;

/** Any syllable that begins with `consonant`. */
function begunBy(consonant: string): string {
  const at = initials.indexOf(consonant);
  return syllables(first + at * 588, 588);
}

/** What a letter stands for while it is the last one typed, as a regular expression. */
function unfinished(letter: string): string {
  if (initials.includes(letter)) return `(?:${letter}|${begunBy(letter)})`;
  const code = letter.charCodeAt(0) - first;
  if (code < 0 || code >= 11_172) return escaped(letter);
  const final = finals[code % 28] ?? "";
  if (final === "") return syllables(first + code, 28);
  const open = first + code - (code % 28);
  const rest = finals.indexOf(final.slice(0, -1));
  const next = begunBy(final.slice(-1));
  return `(?:${letter}|${String.fromCharCode(open + rest)}${next})`;
}

const fold = (text: string) => text.normalize("NFC").toLowerCase();

/** Tells of a text whether every word of `query` stands in it. Nothing does for a blank query. */
export function matcher(query: string): (text: string) => boolean {
  const words = fold(query).split(/\s+/u).filter(Boolean);
  const wanted = words.map((word) => {
    const letters = [...word];
    const pattern = letters.map((letter, at) => {
      const last = at === letters.length - 1;
      // Korean is written with and without blanks between words; other languages are not.
      const blanks = hangul.test(letter) && hangul.test(letters[at + 1] ?? "") ? " *" : "";
      return (last ? unfinished(letter) : escaped(letter)) + blanks;
    });
    return new RegExp(pattern.join(""), "u");
  });
  return (text) => {
    const target = fold(text);
    return wanted.length > 0 && wanted.every((word) => word.test(target));
  };
}
