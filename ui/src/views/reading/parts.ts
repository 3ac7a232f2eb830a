// What the page of a post is made of, in the order of the file.

import type { PostEntry, PostPage, PostSection } from "../../ipc/client";

export type PagePart =
  | { kind: "section"; key: string; line: number; index: number; section: PostSection }
  | { kind: "questions"; key: string; line: number; entries: PostEntry[] };

/** Sections and runs of questions, as they follow each other in the file. */
export function partsOf(page: PostPage): PagePart[] {
  const sections: PagePart[] = page.sections.map((section, index) => ({
    kind: "section",
    key: `s${index}`,
    line: section.line,
    index,
    section,
  }));
  const questions: PagePart[] = page.entries.map((entry) => ({
    kind: "questions",
    key: `q${entry.line}-${entry.row.id}`,
    line: entry.line,
    entries: [entry],
  }));
  const parts: PagePart[] = [];
  for (const part of [...sections, ...questions].sort((a, b) => a.line - b.line)) {
    const last = parts.at(-1);
    if (part.kind === "questions" && last?.kind === "questions") last.entries.push(...part.entries);
    else parts.push(part);
  }
  return parts;
}

/**
 * The level of each section's heading on the page, under the title's: as deep as the headings around
 * it, and none left out, whichever levels the author used.
 */
export function headingLevels(sections: readonly PostSection[]): number[] {
  const open: number[] = [];
  return sections.map(({ title, level }) => {
    if (title === "") return 2;
    while (open.length > 0 && (open.at(-1) ?? 0) >= level) open.pop();
    open.push(level);
    return Math.min(6, open.length + 1);
  });
}

export interface OutlineLine {
  /** Place among the sections, from 0. */
  index: number;
  title: string;
  /** How far in, from 0. */
  depth: number;
}

/** The headed sections; those of the outermost level that is there stand at depth 0. */
export function outlineOf(page: PostPage): OutlineLine[] {
  const headed = page.sections.flatMap(({ title, level }, index) =>
    title === "" ? [] : [{ index, title, level }],
  );
  const outermost = Math.min(...headed.map(({ level }) => level));
  return headed.map(({ index, title, level }) => ({ index, title, depth: level - outermost }));
}
