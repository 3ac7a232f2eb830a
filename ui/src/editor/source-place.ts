// Where a place of an answer is in the text of its post, and back. Offsets are UTF-16 units.
//
// The lines of an answer are those of its stretch in the post, but for margins such as `> `.

/** Where an answer stands in the text of its post. */
export interface Stretch {
  /** The whole text of the post. */
  readonly source: string;
  readonly from: number;
  readonly to: number;
  /** The answer as it is edited by itself. */
  readonly answer: string;
}

/** Length of what a line of the post has before the answer's. */
function margin(line: string, inner: string): number {
  return line.endsWith(inner) ? line.length - inner.length : 0;
}

/** Where `offset` of the answer is in the post. */
export function toSource({ source, from, to, answer }: Stretch, offset: number): number {
  const before = answer.slice(0, offset).split("\n");
  const nth = before.length - 1;
  const column = before[nth]?.length ?? 0;
  const lines = source.slice(from, to).split("\n");
  if (nth >= lines.length) return to;
  const line = lines[nth] ?? "";
  const start = lines.slice(0, nth).reduce((sum, one) => sum + one.length + 1, from);
  const skipped = margin(line, answer.split("\n")[nth] ?? "");
  return start + Math.min(skipped + column, line.length);
}

/** Where a place of the post is in the answer; null if it is outside. */
export function toAnswer({ source, from, to, answer }: Stretch, place: number): number | null {
  if (place < from || place > to) return null;
  const before = source.slice(from, place).split("\n");
  const nth = before.length - 1;
  const column = before[nth]?.length ?? 0;
  const inner = answer.split("\n");
  if (nth >= inner.length) return answer.length;
  const line = inner[nth] ?? "";
  const start = inner.slice(0, nth).reduce((sum, one) => sum + one.length + 1, 0);
  const skipped = margin(source.slice(from, to).split("\n")[nth] ?? "", line);
  return start + Math.min(Math.max(0, column - skipped), line.length);
}
