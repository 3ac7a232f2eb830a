import type { CompareView, SentenceView } from "../../ipc/client";

/** UTF-16 `[start, end)`. */
export type Span = readonly [number, number];

/** How close two sentences are, as the line between them shows it. */
export type Closeness = "near" | "mid" | "weak";

/** A sentence with its number, from 1, as the number column shows it. */
export interface Numbered {
  readonly number: number;
  readonly span: Span;
}

/** What stands across from a sentence that is in no aligned pair. */
export type Across =
  /** Nothing close in the other text. */
  | { readonly kind: "nothing" }
  /** A sentence elsewhere, since the two texts order things differently. */
  | { readonly kind: "elsewhere"; readonly number: number };

/** A row of the comparison. */
export type Row =
  | {
      readonly kind: "pair";
      readonly mine: Numbered;
      readonly model: Numbered;
      readonly closeness: Closeness;
    }
  | { readonly kind: "model"; readonly model: Numbered; readonly mine: Across }
  | { readonly kind: "mine"; readonly mine: Numbered; readonly model: Across };

const NEAR = 0.7;
const MID = 0.5;

/** The closeness that `similarity` (0 to 1) is shown as. */
export function closeness(similarity: number): Closeness {
  if (similarity >= NEAR) return "near";
  return similarity >= MID ? "mid" : "weak";
}

/**
 * Lays both texts out in rows.
 *
 * Both columns keep the order of their text, so only pairs that rise in both can share a row: of all
 * such sets the one with the most wording in common. Other pairs refer to each other by number.
 */
export function rows(view: CompareView): Row[] {
  const mine = mineSentences(view);
  const place = new Map(mine.map((sentence, index) => [sentence.span[0], index]));
  const target = view.sentences.map((one) =>
    one.in_answer ? (place.get(one.in_answer[0]) ?? null) : null,
  );
  const aligned = bestRising(view.sentences, target);
  const modelOf = new Map<number, number>();
  for (const [index, to] of target.entries()) {
    if (to !== null && (aligned.has(index) || !modelOf.has(to))) modelOf.set(to, index);
  }

  const out: Row[] = [];
  let next = 0;
  const own = (until: number): void => {
    for (; next < until; next += 1) {
      const sentence = mine[next];
      if (!sentence) continue;
      const model = modelOf.get(next);
      out.push({
        kind: "mine",
        mine: sentence,
        model: model === undefined ? { kind: "nothing" } : { kind: "elsewhere", number: model + 1 },
      });
    }
  };
  for (const [index, sentence] of view.sentences.entries()) {
    const model: Numbered = { number: index + 1, span: sentence.in_model };
    const to = target[index] ?? null;
    const partner = to === null ? undefined : mine[to];
    if (to !== null && partner && aligned.has(index)) {
      own(to);
      next = to + 1;
      out.push({ kind: "pair", mine: partner, model, closeness: closeness(sentence.similarity) });
    } else {
      out.push({
        kind: "model",
        model,
        mine: partner ? { kind: "elsewhere", number: partner.number } : { kind: "nothing" },
      });
    }
  }
  own(mine.length);
  return out;
}

/** The sentences of the answer in order: those that were paired, and what stands between them. */
export function mineSentences(view: CompareView): Numbered[] {
  const paired = new Map<number, Span>();
  for (const { in_answer: span } of view.sentences) if (span) paired.set(span[0], span);
  const spans: Span[] = [];
  let at = 0;
  for (const span of [...paired.values()].sort((a, b) => a[0] - b[0])) {
    spans.push(...split(view.answer_text, at, span[0]), span);
    at = Math.max(at, span[1]);
  }
  spans.push(...split(view.answer_text, at, view.answer_text.length));
  return spans.map((span, index) => ({ number: index + 1, span }));
}

const segmenter = new Intl.Segmenter("ko", { granularity: "sentence" });

/** Sentences of `text[from..to]`, without blanks around them and without what holds no letter. */
function split(text: string, from: number, to: number): Span[] {
  if (from >= to) return [];
  const out: Span[] = [];
  for (const { segment, index } of segmenter.segment(text.slice(from, to))) {
    const start = from + index + (segment.length - segment.trimStart().length);
    const end = from + index + segment.trimEnd().length;
    if (/[\p{L}\p{N}]/u.test(segment)) out.push([start, end]);
  }
  return out;
}

/** The heaviest set of sentences whose targets rise strictly; weight is similarity. */
function bestRising(
  sentences: readonly SentenceView[],
  target: readonly (number | null)[],
): Set<number> {
  const best: { weight: number; before: number | null }[] = [];
  let last: number | null = null;
  for (const [index, to] of target.entries()) {
    if (to === null) {
      best.push({ weight: 0, before: null });
      continue;
    }
    let weight = 0;
    let before: number | null = null;
    for (let earlier = 0; earlier < index; earlier += 1) {
      const from = target[earlier];
      const known = best[earlier];
      if (from != null && known && from < to && known.weight > weight) {
        weight = known.weight;
        before = earlier;
      }
    }
    // A pair is worth something however little wording it shares.
    best.push({ weight: weight + Math.max(sentences[index]?.similarity ?? 0, 0.01), before });
    if (last === null || (best[index]?.weight ?? 0) > (best[last]?.weight ?? 0)) last = index;
  }
  const chosen = new Set<number>();
  for (let at = last; at !== null; at = best[at]?.before ?? null) chosen.add(at);
  return chosen;
}
