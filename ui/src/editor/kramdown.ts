// What Jekyll's posts have beside markdown: attribute lists, Liquid, front matter. Dimmed like marks.

import { styleTags, tags } from "@lezer/highlight";
import type { BlockContext, Line, MarkdownConfig } from "@lezer/markdown";

const braceOpen = 123;

/** `{: .block-tip }` on a line of its own, as kramdown reads it: it belongs to the block around it. */
const attributeLine = /^ {0,3}\{:[^}]*\}[ \t]*$/;
/** `{: .x }` behind a span, `{% raw %}`, `{{ site.url }}`. */
const inlineBrace = /^(?:\{:[^}\n]*\}|\{%[^\n]*?%\}|\{\{[^\n]*?\}\})/;

/** Attribute lists and Liquid. */
export const kramdown: MarkdownConfig = {
  defineNodes: [{ name: "AttributeList", block: true }, { name: "Brace" }],
  parseBlock: [
    {
      name: "AttributeList",
      parse(cx, line) {
        if (!isAttributeLine(line)) return false;
        const from = cx.lineStart + line.pos;
        cx.addElement(cx.elt("AttributeList", from, cx.lineStart + line.text.trimEnd().length));
        cx.nextLine();
        return true;
      },
      // A paragraph or quote ends before it.
      endLeaf: (_cx, line) => isAttributeLine(line),
      before: "FencedCode",
    },
  ],
  parseInline: [
    {
      name: "Brace",
      parse(cx, next, pos) {
        if (next !== braceOpen) return -1;
        const found = inlineBrace.exec(cx.slice(pos, cx.end))?.[0];
        return found ? cx.addElement(cx.elt("Brace", pos, pos + found.length)) : -1;
      },
      before: "Escape",
    },
  ],
  props: [styleTags({ "AttributeList Brace": tags.meta })],
};

function isAttributeLine(line: Line): boolean {
  return attributeLine.test(line.text.slice(line.basePos));
}

const fence = /^---[ \t]*$/;

/** Front matter at the beginning of a whole post. One that never ends reaches to the end. */
export const frontMatter: MarkdownConfig = {
  defineNodes: [{ name: "FrontMatter", block: true }],
  parseBlock: [
    {
      name: "FrontMatter",
      parse(cx, line) {
        if (cx.lineStart !== 0 || !fence.test(line.text) || !opens(cx)) return false;
        while (cx.nextLine()) {
          if (!fence.test(line.text)) continue;
          const to = cx.lineStart + line.text.length;
          cx.nextLine();
          cx.addElement(cx.elt("FrontMatter", 0, to));
          return true;
        }
        cx.addElement(cx.elt("FrontMatter", 0, cx.prevLineEnd()));
        return true;
      },
      before: "HorizontalRule",
    },
  ],
  props: [styleTags({ FrontMatter: tags.meta })],
};

/** Whether what follows the first line looks like front matter: a rule may stand there as well. */
function opens(cx: BlockContext): boolean {
  const next = cx.peekLine();
  return fence.test(next) || /^(?:[^\s:#-][^:]*:|#)/.test(next);
}
