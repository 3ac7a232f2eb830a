// Where a source cannot be read, in the lines it was written in.

/** What the library takes away before it counts lines, by its own rules. */
const frontMatter = /^[^\S\n]*-{3}\s*\n.*?\n[^\S\n]*-{3}\s*\n+/s;
const comments = /^\s*%%[^\n]+\n?/gm;

/** The line, from one, that the message of an error names; null where none is named or it cannot be told. */
export function lineOf(message: string, source: string): number | null {
  const named = Number(/\bline (\d+)\b/.exec(message)?.[1]);
  // Directives are taken out in ways of their own.
  if (!named || source.includes("%%{")) return null;
  const starts = keptLines(source);
  // The end of the text is named as a line after its last.
  return starts[Math.min(named, starts.length) - 1] ?? null;
}

/** The line in `source` of each line the library reads. */
function keptLines(source: string): number[] {
  const head = frontMatter.exec(source)?.[0].length ?? 0;
  const body = source.slice(head).trimEnd();
  const lines: number[] = [];
  let line = source.slice(0, head).split("\n").length;
  let begun = false;
  let at = 0;
  const walk = (end: number, kept: boolean) => {
    for (; at < end; at++) {
      const sign = body[at] ?? "";
      // Blanks before the first word are no lines either.
      if (kept && !begun && (lines.length > 0 || sign.trim() !== "")) {
        lines.push(line);
        begun = true;
      }
      if (sign !== "\n") continue;
      line++;
      if (kept && begun) begun = false;
    }
  };
  for (const { index, 0: comment } of body.matchAll(comments)) {
    walk(index, true);
    walk(index + comment.length, false);
  }
  walk(body.length, true);
  return lines;
}
