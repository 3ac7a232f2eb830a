// Fenced blocks whose language draws become pictures, with the source under them. What cannot be drawn
// stays code and says why.

import { t } from "../../i18n";
import { draw, type Picture } from "./mermaid";

/** A longer source stays code. UTF-16 units. */
const longest = 20_000;

/** One block of code and what stands in its place. */
interface Drawing {
  /** What was in the page, and is there still where nothing could be drawn. */
  pre: HTMLElement;
  source: string;
  /** What is in the page now. */
  shown: HTMLElement;
  /** Counts the times it was asked for: an older drawing that comes late is dropped. */
  turn: number;
}

/** Everything drawn that is in the page, to be drawn again when the window changes its look. */
const drawings = new Set<Drawing>();

/** Draws the blocks `codes`, each on its own: one that cannot be drawn stops no other. */
export async function drawAll(codes: readonly HTMLElement[]): Promise<void> {
  follow();
  for (const one of drawings) if (!one.shown.isConnected) drawings.delete(one);
  const added: Drawing[] = [];
  for (const code of codes) {
    const pre = code.parentElement;
    // The source under a drawing is drawn already.
    if (!pre || pre.closest(".drawing")) continue;
    added.push({ pre, source: code.textContent ?? "", shown: pre, turn: 0 });
  }
  for (const one of added) drawings.add(one);
  await Promise.all(added.map(drawOne));
}

async function drawOne(one: Drawing): Promise<void> {
  one.turn++;
  const { turn } = one;
  const wanted = () => turn === one.turn && one.shown.isConnected;
  if (one.source.length > longest) {
    put(one, noted(one, t("drawing.long")));
    return;
  }
  try {
    const picture = await draw(one.source, wanted);
    const made = picture && (await figure(one, picture));
    if (made && wanted()) put(one, made);
  } catch (error) {
    if (wanted()) put(one, noted(one, reason(error)));
  }
}

function reason(error: unknown): string {
  const line = error instanceof Error && "line" in error ? error.line : null;
  return typeof line === "number" ? t("drawing.failedAt", { line }) : t("drawing.failed");
}

/** Shows `node` in the place of what is shown of it now. */
function put(one: Drawing, node: HTMLElement): void {
  // Open stays open, and the focus where it was.
  const before = one.shown.querySelector("details");
  const after = node.querySelector("details");
  const held = one.shown.contains(document.activeElement);
  if (before && after) after.open = before.open;
  one.shown.replaceWith(node);
  if (held) node.querySelector<HTMLElement>("summary")?.focus({ preventScroll: true });
  one.shown = node;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

/** The picture, once it can be shown, and its source. */
async function figure(one: Drawing, { url, width, height, title }: Picture): Promise<HTMLElement> {
  const image = document.createElement("img");
  image.alt = title === "" ? t("drawing.alt") : t("drawing.altNamed", { title });
  image.width = Math.round(width);
  image.height = Math.round(height);
  image.src = url;
  await image.decode();
  const scroller = element("div", "drawing__picture", image);
  // In rem, so that it grows with the size of text.
  scroller.style.setProperty("--drawing-w", `${width / 16}rem`);
  reachable(scroller, image);
  const source = copyOf(one.pre);
  const details = element(
    "details",
    "drawing__source",
    element("summary", "", t("drawing.source")),
    source,
  );
  // What a search has found in it is seen.
  details.open = source.querySelector("mark") !== null;
  return element("figure", "drawing", scroller, details);
}

function copyOf(pre: HTMLElement): HTMLElement {
  return pre.cloneNode(true) as HTMLElement;
}

/** A drawing that scrolls is reached by Tab and named; one that is seen whole is no stop on the way. */
function reachable(scroller: HTMLElement, image: HTMLImageElement): void {
  const observer = new ResizeObserver(() => {
    const scrolls = scroller.scrollWidth > scroller.clientWidth + 1;
    if (scrolls === scroller.hasAttribute("tabindex")) return;
    if (scrolls) {
      scroller.tabIndex = 0;
      scroller.setAttribute("role", "group");
      scroller.setAttribute("aria-label", image.alt);
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) scroller.removeAttribute(name);
    }
  });
  // Either may change alone: the column gets narrower, or the picture comes late.
  observer.observe(scroller);
  observer.observe(image);
}

/** The code as it was, and a line over it. */
function noted(one: Drawing, words: string): HTMLElement {
  return element("div", "drawing", element("p", "drawing__note", words), copyOf(one.pre));
}

let following = false;

/** Draws everything again when the window's colours or language become others. */
function follow(): void {
  if (following) return;
  following = true;
  let asked = 0;
  const again = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      for (const one of drawings) {
        if (one.shown.isConnected) void drawOne(one);
        else drawings.delete(one);
      }
    });
  };
  new MutationObserver(again).observe(document.documentElement, {
    attributeFilter: ["data-theme", "data-contrast", "lang"],
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}
