// The faces that a page is written in. They come in pieces, of which the engine fetches those whose
// characters it is about to draw; meanwhile it looks for other faces on the system, which takes longer
// than the pieces do, and then draws everything once more. So the first page waits for them.

import { type Key, t } from "../i18n";
import type { EntryPage } from "../ipc/client";

/** Words that stand around an answer. */
const around: Key[] = [
  "sheet.date",
  "sheet.category",
  "sheet.topic",
  "sheet.hint",
  "sheet.answer",
  "sheet.placeholder",
  "sheet.chars",
  "sheet.words",
  "save.saved",
];

/** Fetches the pieces that the page of an entry needs. One that is not there is not waited for. */
export async function facesOf({ entry, path, number }: EntryPage): Promise<void> {
  const { question, answer, topic, categories, date } = entry;
  const words = around.map((key) => t(key));
  const plain = [...words, answer.text, topic, ...categories, path, date];
  await Promise.all([
    fetchFace("1em", "--font-ui", plain.join("")),
    fetchFace("600 1em", "--font-print", `${t("sheet.number", { number })}${question}`),
  ]);
}

/** Fetches what `text` needs of the faces that the token `families` names. */
async function fetchFace(style: string, families: string, text: string): Promise<void> {
  // Not every engine that runs the tests has faces.
  const { fonts } = document as { fonts?: FontFaceSet };
  const names = getComputedStyle(document.documentElement).getPropertyValue(families);
  await fonts?.load(`${style} ${names}`, text).catch(() => {});
}
