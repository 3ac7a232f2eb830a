import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { highlightingFor } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { getStyleTags } from "@lezer/highlight";
import { expect, it } from "vitest";
import { codeBlocks, markdownHighlight } from "./highlight";

/** The classes of the innermost node at `offset` of `doc`. */
function classesAt(doc: string, offset: number): string | null {
  const language = markdown({ base: markdownLanguage, extensions: codeBlocks });
  const state = EditorState.create({ doc, extensions: [language, markdownHighlight] });
  const node = language.language.parser.parse(doc).resolveInner(offset, 1);
  return highlightingFor(state, getStyleTags(node)?.tags ?? []);
}

it("tells code blocks from inline code", () => {
  expect(classesAt("a `b` c", 3)).toBe("tok-code");
  expect(classesAt("```\nlet a\n```", 5)).toBe("tok-codeline");
});
