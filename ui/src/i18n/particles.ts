// Korean particles by the sound of the word before them: 을/를, 이/가, 은/는, 과/와, 으로/로.

/** What the last sound of a word is, as far as particles ask: `l` is a consonant but takes 로. */
type Ending = "vowel" | "consonant" | "l";

/** Each pair: after a consonant, after a vowel, and where nobody can tell. */
const pairs: Record<string, readonly [string, string, string]> = {
  을: ["을", "를", "을(를)"],
  이: ["이", "가", "이(가)"],
  은: ["은", "는", "은(는)"],
  과: ["과", "와", "과(와)"],
  으로: ["으로", "로", "(으)로"],
};

/** The form of `particle`, which is named by its form after a consonant, that goes with `word`. */
export function particle(word: string, name: string): string {
  const pair = pairs[name];
  if (!pair) return name;
  const ending = endingOf(word);
  if (ending === null) return pair[2];
  return ending === "vowel" || (ending === "l" && name === "으로") ? pair[1] : pair[0];
}

/** What closes or follows a word without being said. */
const unsaid = /[\s\p{Pe}\p{Pf}\p{Pi}"'`.,!?:;…·~*_-]+$/u;
/** A word in brackets after another is read past: 데드락(deadlock)을. */
const aside = /(?<=[\p{L}\p{N}])\s*[([（［〔][^()[\]（）［］〔〕]*[)\]）］〕]$/u;

function endingOf(text: string): Ending | null {
  let word = text.normalize("NFC").trimEnd();
  for (let before = ""; before !== word; ) {
    before = word;
    word = word.replace(aside, "");
    // A bracket that closes an aside is left for the next round.
    if (!aside.test(word)) word = word.replace(unsaid, "");
  }
  const last = [...word].at(-1);
  if (last === undefined) return null;
  if (/[가-힣]/u.test(last)) return ofSyllable(last);
  if (/[ㄱ-ㅎ]/u.test(last)) return last === "ㄹ" ? "l" : "consonant";
  if (/[ㅏ-ㅣ]/u.test(last)) return "vowel";
  if (/[0-9]/.test(last)) return digits[Number(last)] ?? null;
  if (/[a-z]/i.test(last)) return ofLatin(/[a-z]+$/i.exec(word)?.[0] ?? last);
  return signs[last] ?? null;
}

function ofSyllable(syllable: string): Ending {
  const final = ((syllable.codePointAt(0) ?? 0) - 0xac00) % 28;
  return final === 0 ? "vowel" : final === 8 ? "l" : "consonant";
}

/** 영 일 이 삼 사 오 육 칠 팔 구; tens and more end in a consonant as 영 does. */
const digits: readonly Ending[] = [
  "consonant",
  "l",
  "vowel",
  "consonant",
  "vowel",
  "vowel",
  "consonant",
  "l",
  "l",
  "vowel",
];

/** 퍼센트, 플러스, 샵, 앤드, 원. */
const signs: Record<string, Ending> = {
  "%": "vowel",
  "+": "vowel",
  "#": "consonant",
  "&": "vowel",
  "₩": "consonant",
};

/** Letters said one by one: 엘, 엠, 엔, 아르; all others end in a vowel. */
const letters: Record<string, Ending> = { l: "l", m: "consonant", n: "consonant", r: "l" };

/** How a word in Latin letters is said in Korean, near enough. */
function ofLatin(word: string): Ending {
  const lower = word.toLowerCase();
  if (word.length === 1 || (word === word.toUpperCase() && !/[AEIOU].*[AEIOU]/.test(word))) {
    return letters[lower.at(-1) ?? ""] ?? "vowel";
  }
  if (/(?:l|[aeiou]le|[^aeiou]le)$/.test(lower)) return "l";
  // A silent e leaves the sound before it: 타임, 라인.
  if (/(?:m|n|ng|[mn]e)$/.test(lower)) return "consonant";
  // A stop after one short vowel closes the syllable: 락, 맵, 깃; after another it opens one: 포스트.
  if (/(?:^|[^aeiou])[aeiou](?:ck|[bckpt])$/.test(lower)) return "consonant";
  return "vowel";
}
