import { locate, type Range } from "./locate";
import { segments } from "./segments";

/** A range of a part's source, with the number by which its mark is found again. */
export interface PartMark {
  readonly id: number;
  readonly range: Range;
}

/**
 * Marks ranges of `source` in `html`, its sanitized rendering; tags and attributes stay. A mark is
 * `<mark class="m" data-match="ID">`, several where the range runs over tags; `name` is another name
 * for the attribute, where the same entry is shown twice.
 */
export function markHtml(
  html: string,
  source: string,
  marks: readonly PartMark[],
  name: "match" | "found" = "match",
): string {
  if (marks.length === 0) return html;
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const texts = textsOf(body);
  const shown = texts.map(({ data }) => data).join("");
  const places = locate(
    source,
    marks.map(({ range }) => range),
    shown,
  );
  let start = 0;
  for (const text of texts) {
    const end = start + text.data.length;
    const own = places.flatMap((place, index) => {
      const id = marks[index]?.id;
      if (!place || id === undefined || place[0] >= end || place[1] <= start) return [];
      return [{ id, from: Math.max(place[0], start) - start, to: Math.min(place[1], end) - start }];
    });
    own.sort((a, b) => b.from - a.from);
    let before = text.data.length;
    // From the last to the first, so that the offsets of those before stay.
    for (const { id, from, to } of own) {
      if (to > before) continue;
      before = from;
      const found = text.splitText(from);
      found.splitText(to - from);
      const element = document.createElement("mark");
      element.className = "m";
      element.dataset[name] = String(id);
      found.replaceWith(element);
      element.append(found);
    }
    start = end;
  }
  return body.innerHTML;
}

function textsOf(body: HTMLElement): Text[] {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  return texts;
}

/** A plain text cut at the marks; the id is none outside of one. */
export function markText(
  text: string,
  source: string,
  marks: readonly PartMark[],
): { text: string; id: number | null }[] {
  const places = locate(
    source,
    marks.map(({ range }) => range),
    text,
  );
  const placed = places
    .flatMap((place, index) => {
      const id = marks[index]?.id;
      return place && id !== undefined ? [{ place, id }] : [];
    })
    .sort((a, b) => a.place[0] - b.place[0]);
  let at = 0;
  return segments(
    text,
    placed.map(({ place }) => place),
  ).map((part) => {
    const start = at;
    at += part.text.length;
    const id = part.marked ? placed.find(({ place }) => place[0] === start)?.id : undefined;
    return { text: part.text, id: id ?? null };
  });
}
