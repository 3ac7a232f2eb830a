// Code that is read, in the inks it is written in.

import { highlightCode } from "@lezer/highlight";
import { inks } from "./highlight";
import { codeLanguage } from "./languages";

/** Colours the text of an element; leaves it if the language is not known. */
export async function colourCode(element: HTMLElement, language: string): Promise<void> {
  const support = await codeLanguage(language)
    ?.load()
    .catch(() => null);
  const code = element.textContent ?? "";
  if (!support || element.childElementCount > 0) return;
  const pieces = document.createDocumentFragment();
  highlightCode(
    code,
    support.language.parser.parse(code),
    inks,
    (text, classes) => {
      if (classes === "") {
        pieces.append(text);
        return;
      }
      const piece = document.createElement("span");
      piece.className = classes;
      piece.append(text);
      pieces.append(piece);
    },
    () => pieces.append("\n"),
  );
  element.replaceChildren(pieces);
}
