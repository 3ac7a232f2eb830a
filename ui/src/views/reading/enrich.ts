// What the window adds to sanitized HTML: colours of code, drawings, formulas, pictures of the folder. All
// of it is made as nodes, never as HTML, and only in the place of elements that are there.

import * as ipc from "../../ipc/client";

/** Languages that are drawings to others; here they stay readable code, with their name over it. */
const undrawn = new Set(["plantuml", "dot"]);

/** Longer code is not coloured. UTF-16 units. */
const mostCode = 50_000;

/** Adds to what is below `root`. `post` is the path that addresses of pictures start from. */
export async function enrich(root: HTMLElement, post: string | null): Promise<void> {
  await Promise.all([drawings(root), colour(root), formulas(root), pictures(root, post)]);
}

async function drawings(root: HTMLElement): Promise<void> {
  const codes = [...root.querySelectorAll<HTMLElement>("pre > code.language-mermaid")];
  for (const code of codes) code.parentElement?.setAttribute("data-drawing", "mermaid");
  if (codes.length === 0) return;
  const { drawAll } = await import("./drawings");
  await drawAll(codes);
}

async function colour(root: HTMLElement): Promise<void> {
  const blocks: { code: HTMLElement; language: string }[] = [];
  for (const code of root.querySelectorAll<HTMLElement>('pre > code[class^="language-"]')) {
    const language = code.className.slice("language-".length);
    if (language === "mermaid") continue;
    if (undrawn.has(language)) code.parentElement?.setAttribute("data-drawing", language);
    // Marks of a search stay as they are.
    else if (code.childElementCount === 0 && (code.textContent?.length ?? 0) <= mostCode) {
      blocks.push({ code, language });
    }
  }
  if (blocks.length === 0) return;
  const { colourCode } = await import("../../editor/colour-code");
  await Promise.all(blocks.map(({ code, language }) => colourCode(code, language)));
}

async function formulas(root: HTMLElement): Promise<void> {
  const found = [...root.querySelectorAll<HTMLElement>("span.math")];
  if (found.length === 0) return;
  const { default: katex } = await import("katex");
  for (const formula of found) {
    if (formula.childElementCount > 0) continue;
    const source = formula.textContent ?? "";
    const displayMode = formula.classList.contains("math-display");
    try {
      katex.render(source, formula, {
        displayMode,
        output: "mathml",
        strict: false,
        trust: false,
        maxSize: 20,
        maxExpand: 200,
      });
    } catch {
      // What is no formula after all stays as it was written.
      formula.textContent = displayMode ? `$$${source}$$` : `$${source}$`;
    }
  }
}

async function pictures(root: HTMLElement, post: string | null): Promise<void> {
  if (post === null) return;
  const found = [...root.querySelectorAll<HTMLElement>("i[data-picture]")];
  await Promise.all(
    found.map(async (place) => {
      const address = place.dataset.picture ?? "";
      // Its description stays where it cannot be shown.
      const url = await ipc.picture(post, address).catch(() => null);
      if (url === null || !place.isConnected || place.querySelector("img")) return;
      const image = document.createElement("img");
      image.alt = place.textContent ?? "";
      image.src = url;
      image.addEventListener("error", () => place.replaceChildren(image.alt), { once: true });
      place.replaceChildren(image);
    }),
  );
}
