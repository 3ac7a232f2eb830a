// Pages of entries, for tests of one module.

import type { EntryPage } from "../src/ipc/types";

/** The page of an entry of which a test says what matters to it. */
export function pageOf(
  text: string,
  entry: Partial<EntryPage["entry"]> = {},
  page: Partial<Omit<EntryPage, "entry">> = {},
): EntryPage {
  return {
    entry: {
      id: "e",
      question: "Why?",
      date: null,
      categories: [],
      topic: null,
      hint: null,
      line: 1,
      answer: { state: text === "" ? "empty" : "written", text },
      model_answer: { state: "none", variants: [] },
      sections: [],
      read_only: null,
      ...entry,
    },
    path: "a.md",
    post_title: "a",
    revision: "r1",
    number: 1,
    hint_html: null,
    model_html: [],
    sections_html: [],
    previous: null,
    next: null,
    ...page,
  };
}
