import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { styleTags, Tag, tags } from "@lezer/highlight";
import type { MarkdownConfig } from "@lezer/markdown";

/** Lines of a code block: the chip of inline code would be ragged behind them. */
const codeLine = Tag.define("codeLine");

/** Tells code blocks from inline code, which the parser tags alike. */
export const codeBlocks: MarkdownConfig = { props: [styleTags({ CodeText: codeLine })] };

/** Markdown in the inks of the sheet; the classes are in styles/editor.css. */
export const inks = HighlightStyle.define([
  { tag: tags.processingInstruction, class: "tok-mark" },
  { tag: tags.contentSeparator, class: "tok-mark" },
  { tag: tags.strong, class: "tok-strong" },
  { tag: tags.emphasis, class: "tok-emphasis" },
  { tag: tags.strikethrough, class: "tok-strike" },
  { tag: tags.heading, class: "tok-heading" },
  { tag: tags.quote, class: "tok-quote" },
  { tag: tags.monospace, class: "tok-code" },
  { tag: codeLine, class: "tok-codeline" },
  { tag: tags.link, class: "tok-link" },
  { tag: tags.url, class: "tok-url" },
  { tag: tags.labelName, class: "tok-mark" },
  { tag: tags.meta, class: "tok-mark" },
  // Inside blocks of code. HTML comments of markdown dim in the same way.
  { tag: tags.comment, class: "tok-mark" },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], class: "tok-keyword" },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], class: "tok-string" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: "tok-number" },
  { tag: [tags.typeName, tags.className, tags.namespace, tags.tagName], class: "tok-type" },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName))],
    class: "tok-function",
  },
  { tag: [tags.propertyName, tags.attributeName], class: "tok-property" },
]);

export const markdownHighlight = syntaxHighlighting(inks);
