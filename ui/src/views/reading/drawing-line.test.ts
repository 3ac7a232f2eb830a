import { expect, test } from "vitest";
import { lineOf } from "./drawing-line";

const at = (line: number) => `Parse error on line ${line}:\n…`;

test.each([
  ["as it stands", "flowchart TD\n  A --> [x\n", 2, 2],
  ["after front matter", "---\ntitle: x\n---\nflowchart TD\n  A --> [x\n", 2, 5],
  ["after comments", "%% a\n%% b\nflowchart TD\n  %% c\n  A --> B\n  B --> [x\n", 3, 6],
  ["after blank lines", "\n\nflowchart TD\n\n  A --> [x\n", 3, 5],
  ["after a comment with blank lines before it", "flowchart TD\n\n\n%% a\n  A --> [x\n", 2, 5],
  ["the last one, where the end is named", "flowchart TD\n  A[x\n\n", 5, 2],
  ["none of a text with directives", "%%{init: {}}%%\nflowchart TD\n  A[x", 2, null],
])("the line is %s", (_name, source, named, line) => {
  expect(lineOf(at(named), source)).toBe(line);
});

test("a message that names no line tells none", () => {
  expect(lineOf("There can be only one root.", "mindmap\n a\n b")).toBeNull();
});
