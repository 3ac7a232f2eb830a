// Draws Mermaid's language: a source in, a picture out. The only module that knows the library, which is
// fetched with the first drawing.
//
// What is drawn was written by anyone. So the drawing is never put into the page: it is shown as a picture,
// an `<img>`, where the engine itself runs no script, follows no link and loads nothing, whatever the
// library let through. Filtered nodes in the page would have the window's own web font, but every release
// of the library would have to be trusted anew. While it is measured, the drawing has to be in the document
// for a moment: labels are SVG texts and no HTML, links and scripts are refused by the library, and the
// content security policy stands behind it.

import type { Mermaid, MermaidConfig } from "mermaid";
import { lineOf } from "./drawing-line";
import { css, fontFamily, fontSize, setReadable, type Theme, theme } from "./drawing-theme";

export interface Picture {
  /** The whole drawing, an SVG. */
  url: string;
  /** Pixels at the usual size of text. */
  width: number;
  height: number;
  /** What the drawing's author calls it and says of it, for those who cannot see it. */
  title: string;
}

/** What is no drawing. */
export class NotDrawn extends Error {
  /** The source's line, from one; null where the library tells none. */
  readonly line: number | null;
  constructor(line: number | null, cause?: unknown) {
    super("cannot draw the source", { cause });
    this.line = line;
  }
}

/** A constant: pictures do not share their ids, and the same source gives the same picture. */
const id = "drawing";
const width = 720;

/** What a source may not set for itself. */
const secure: (keyof MermaidConfig)[] = [
  "secure",
  "securityLevel",
  "startOnLoad",
  "maxTextSize",
  "maxEdges",
  "suppressErrorRendering",
  "htmlLabels",
  "deterministicIds",
  "deterministicIDSeed",
  "handDrawnSeed",
  "arrowMarkerAbsolute",
  "dompurifyConfig",
  "fontFamily",
  "altFontFamily",
  "fontSize",
  "theme",
  "themeCSS",
  "themeVariables",
  "darkMode",
  "logLevel",
];

function config(themeVariables: Theme): MermaidConfig {
  return {
    startOnLoad: false,
    securityLevel: "strict",
    secure,
    suppressErrorRendering: true,
    htmlLabels: false,
    // Of HTML in a label its words are left.
    dompurifyConfig: { ALLOWED_TAGS: ["br"], ALLOWED_ATTR: [] },
    flowchart: { htmlLabels: false, useMaxWidth: false },
    deterministicIds: true,
    deterministicIDSeed: id,
    handDrawnSeed: 1,
    arrowMarkerAbsolute: false,
    logLevel: "fatal",
    fontFamily,
    fontSize,
    theme: "base",
    themeVariables,
    themeCSS: css(themeVariables.background),
  };
}

let library: Promise<Mermaid> | null = null;

function load(): Promise<Mermaid> {
  library ??= import("mermaid").then((module) => module.default);
  // Asked for again by the next drawing.
  library.catch(() => {
    library = null;
  });
  return library;
}

/** Draws one at a time: the library keeps what it draws now in one place. */
let last: Promise<unknown> = Promise.resolve();

/** Draws `source` in the colours of now. Fails with `NotDrawn`. `wanted` is asked when its turn comes. */
export function draw(source: string, wanted: () => boolean): Promise<Picture | null> {
  const next = last.then(async () => {
    // What waits, keys and the paint of the one before, goes first.
    await new Promise((done) => setTimeout(done));
    return wanted() ? drawNow(source) : null;
  });
  last = next.catch(() => {});
  return next;
}

async function drawNow(source: string): Promise<Picture> {
  const mermaid = await load();
  const desk = document.createElement("div");
  // As in a picture, nothing is inherited from the page. It is in the window's corner, unseen: what is not
  // laid out has no measure, and far outside places are rounded.
  desk.style.cssText = `all: initial; position: fixed; inset: 0 auto auto 0; inline-size: ${width}px; block-size: ${width}px; overflow: hidden; visibility: hidden; contain: strict; z-index: -1`;
  desk.setAttribute("aria-hidden", "true");
  desk.inert = true;
  desk.lang = "ko";
  document.body.append(desk);
  try {
    const colours = theme();
    mermaid.initialize(config(colours));
    // Signs that no SVG may hold.
    const { svg } = await mermaid.render(id, source.replaceAll(control, " "), desk);
    return picture(svg, colours);
  } catch (error) {
    throw error instanceof NotDrawn ? error : new NotDrawn(lineOf(String(error), source), error);
  } finally {
    desk.remove();
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** An SVG as a picture of its own size. */
function picture(svg: string, colours: Theme): Picture {
  // Read as HTML, which it was written as, and written as XML, which a picture has to be.
  const read = new DOMParser().parseFromString(svg, "text/html");
  const root = read.querySelector("svg");
  const box =
    root
      ?.getAttribute("viewBox")
      ?.split(/[\s,]+/)
      .map(Number) ?? [];
  const [, , w = 0, h = 0] = box;
  if (!root || !(w > 0 && h > 0)) throw new NotDrawn(null);
  root.removeAttribute("style");
  root.setAttribute("width", String(w));
  root.setAttribute("height", String(h));
  root.setAttribute("lang", "ko");
  for (const odd of root.querySelectorAll("script, iframe, object, embed, audio, video"))
    odd.remove();
  setReadable(root, colours);
  const title = ["title", "desc"]
    .map((name) => root.querySelector(`:scope > ${name}`)?.textContent?.trim())
    .filter(Boolean)
    .join(". ");
  const text = new XMLSerializer().serializeToString(root);
  return {
    url: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`,
    width: w,
    height: h,
    title,
  };
}
