import { type Key, t } from "../../i18n";

/** What the search says about how it read a query, by its own words. */
const known: Readonly<Record<string, Key>> = {
  "some words only": "search.note.some_words",
  "the start of the query only": "search.note.start",
};

/** A note of the search in the language of the interface; unknown ones as they are. */
export function noteText(note: string): string {
  const key = known[note];
  return key ? t(key) : note;
}
