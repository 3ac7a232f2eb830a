import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

/** Markdown in the inks of the sheet; the classes are in styles/editor.css. */
export const markdownHighlight = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.processingInstruction, class: "tok-mark" },
    { tag: tags.contentSeparator, class: "tok-mark" },
    { tag: tags.strong, class: "tok-strong" },
    { tag: tags.emphasis, class: "tok-emphasis" },
    { tag: tags.strikethrough, class: "tok-strike" },
    { tag: tags.heading, class: "tok-heading" },
    { tag: tags.quote, class: "tok-quote" },
    { tag: tags.monospace, class: "tok-code" },
    { tag: tags.link, class: "tok-link" },
    { tag: tags.url, class: "tok-url" },
    { tag: tags.labelName, class: "tok-mark" },
    { tag: tags.comment, class: "tok-mark" },
  ]),
);
