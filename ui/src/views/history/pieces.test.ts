import { describe, expect, it, test } from "vitest";
import type { DiffSpanView } from "../../ipc/client";
import { piecesOf, visible } from "./pieces";

/** `-` before what went, `+` before what came; equal text as it is. */
function spans(...texts: string[]): DiffSpanView[] {
  return texts.map((text) =>
    text.startsWith("-")
      ? { kind: "removed", text: text.slice(1) }
      : text.startsWith("+")
        ? { kind: "added", text: text.slice(1) }
        : { kind: "same", text },
  );
}

/** Pieces with the number of lines in place of what is folded. */
const drawn = (all: DiffSpanView[]) =>
  piecesOf(all).map(({ text, folded }) => (folded === null ? text : folded));

const lines = (count: number) => Array.from({ length: count }, (_, i) => `${i + 1}\n`).join("");

describe("what is drawn of a comparison", () => {
  it("folds what is far from any difference", () => {
    expect(drawn(spans("-가", lines(9), "+나"))).toEqual(["가", "1\n2\n", 5, "8\n9\n", "나"]);
  });

  it("needs no surroundings where nothing differs beyond", () => {
    expect(drawn(spans(lines(9), "+나"))).toEqual([7, "8\n9\n", "나"]);
    expect(drawn(spans("-가", lines(9)))).toEqual(["가", "1\n2\n", 7]);
  });

  it("folds no few lines, and nothing that is all there is", () => {
    expect(drawn(spans("-가", lines(6), "+나"))).toEqual(["가", lines(6), "나"]);
    expect(drawn(spans(lines(30)))).toEqual([lines(30)]);
  });

  it("loses no character", () => {
    const all = spans("머리 ", "-가\n", lines(20), "+나", "꼬리 없이 끝난다");
    expect(
      piecesOf(all)
        .map(({ text }) => text)
        .join(""),
    ).toBe(all.map(({ text }) => text).join(""));
  });

  it("passes over empty stretches", () => {
    expect(piecesOf(spans("", "+나"))).toHaveLength(1);
  });
});

test.each([
  ["글 그대로", "글 그대로"],
  ["  ", "␣␣"],
  ["\n\n", "↵\n↵\n"],
  [" 글\n", " 글\n"],
])("a change of %j is shown as %j", (text, shown) => {
  expect(visible(text)).toBe(shown);
});
