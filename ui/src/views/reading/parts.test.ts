import { expect, test } from "vitest";
import { headingLevels } from "./parts";

const sections = (levels: number[]) =>
  levels.map((level) => ({ title: level === 0 ? "" : "제목", level, line: 1, text: "", html: "" }));

test.each([
  ["none is left out", [2, 3, 4, 2], [2, 3, 4, 2]],
  ["the outermost of the post stands under its title", [3, 3, 4], [2, 2, 3]],
  ["a level the author left out is none here", [1, 4, 4, 2], [2, 3, 3, 3]],
  ["text before the first heading has none", [0, 2], [2, 2]],
  ["there are six", [1, 2, 3, 4, 5, 6, 7], [2, 3, 4, 5, 6, 6, 6]],
])("%s", (_, levels, on) => {
  expect(headingLevels(sections(levels))).toEqual(on);
});
