import { occurrences } from "./segments";

/** Marks every occurrence of `words` in the text of sanitized `html`; tags and attributes stay. */
export function markHtml(html: string, words: readonly string[]): string {
  if (words.length === 0) return html;
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) mark(text, words);
  return body.innerHTML;
}

function mark(text: Text, words: readonly string[]): void {
  // From the last to the first, so that the offsets of those before stay.
  for (const [start, end] of occurrences(text.data, words).reverse()) {
    const found = text.splitText(start);
    found.splitText(end - start);
    const element = document.createElement("mark");
    element.className = "m";
    found.replaceWith(element);
    element.append(found);
  }
}
