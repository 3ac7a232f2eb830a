import { ensureSyntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { afterEach, expect, test } from "vitest";
import { editorOf } from "../../dev/test-editor";
import type { Kind } from "./setup";

let open: EditorView | undefined;
afterEach(() => open?.destroy());

/** The texts of the nodes of a kind. */
function nodes(text: string, name: string, kind: Kind = "whole"): string[] {
  open?.destroy();
  open = editorOf(text.replaceAll("|", "\u2502"), kind);
  open.dispatch({ changes: marks(open.state.doc.toString()) });
  const tree = ensureSyntaxTree(open.state, open.state.doc.length, 5000);
  const found: string[] = [];
  tree?.iterate({
    enter(node) {
      if (node.name === name) found.push(open?.state.sliceDoc(node.from, node.to) ?? "");
    },
  });
  return found;
}

function marks(text: string) {
  const found = [...text.matchAll(/\u2502/g)];
  return found.map(({ index }) => ({ from: index, to: index + 1, insert: "|" }));
}

test("attribute lists end what is above them", () => {
  const text = "> 모범 답안\n> 글\n{: .block-tip }\n\n문단\n{: #id}\n다음";
  expect(nodes(text, "AttributeList")).toEqual(["{: .block-tip }", "{: #id}"]);
  expect(nodes(text, "Blockquote")).toEqual(["> 모범 답안\n> 글"]);
  expect(nodes("[글](a){: .x } 와 {% raw %} {{ site.url }}", "Brace")).toEqual([
    "{: .x }",
    "{% raw %}",
    "{{ site.url }}",
  ]);
});

test("braces in code are code", () => {
  expect(nodes("```\n{: .x }\n{% if %}\n```", "AttributeList")).toEqual([]);
  expect(nodes("`{{ a }}`", "Brace")).toEqual([]);
});

test("front matter is one block at the beginning of a whole post", () => {
  const text = "---\ntitle: 글\ntags: [a]\n---  \n\n# 2025.05.02\n\n---\n\n글";
  expect(nodes(text, "FrontMatter")).toEqual(["---\ntitle: 글\ntags: [a]\n---  "]);
  expect(nodes(text, "ATXHeading1")).toEqual(["# 2025.05.02"]);
  expect(nodes(text, "HorizontalRule")).toEqual(["---"]);
  expect(nodes(text, "FrontMatter", "part")).toEqual([]);
  expect(nodes("---\n\n글", "FrontMatter")).toEqual([]);
  expect(nodes("글\n\n---\na: b\n---", "FrontMatter")).toEqual([]);
  expect(nodes("---\na: b\n글", "FrontMatter")).toEqual(["---\na: b\n글"]);
});

test("tables and code with a language are known", () => {
  expect(nodes("| a | b |\n|---|---|\n| 1 | 2 |", "Table")).toHaveLength(1);
  expect(nodes("```java\nint a;\n```", "CodeInfo")).toEqual(["java"]);
});
