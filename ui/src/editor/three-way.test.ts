import { expect, test } from "vitest";
import { threeWay } from "./three-way";

const base = "첫 단락은 여기다.\n\n둘째 단락은 여기다.\n\n끝 단락은 여기다.\n";

test.each<[string, string, string, string, number]>([
  ["nothing", base, base, base, 0],
  ["mine alone", base.replace("첫", "맨 첫"), base, base.replace("첫", "맨 첫"), 0],
  ["theirs alone", base, base.replace("끝", "맨 끝"), base.replace("끝", "맨 끝"), 0],
  [
    "both, apart",
    base.replace("첫", "맨 첫"),
    base.replace("끝", "맨 끝"),
    base.replace("첫", "맨 첫").replace("끝", "맨 끝"),
    0,
  ],
  [
    "the same on both sides",
    base.replace("둘째", "두 번째"),
    base.replace("둘째", "두 번째"),
    base.replace("둘째", "두 번째"),
    0,
  ],
  [
    "different at one place",
    base.replace("둘째", "두 번째"),
    base.replace("둘째", "2번째"),
    base.replace("둘째", "두 번째"),
    1,
  ],
  [
    "one takes out, the other adds",
    base.replace("둘째 단락은 여기다.\n\n", ""),
    `${base}덧붙인 단락.\n`,
    `${base.replace("둘째 단락은 여기다.\n\n", "")}덧붙인 단락.\n`,
    0,
  ],
  ["two new texts", `${base}가`, `${base}나`, `${base}가`, 1],
])("%s", (_name, mine, theirs, text, open) => {
  expect(threeWay(base, mine, theirs)).toEqual({ text, open });
});

test("without a common text mine stands", () => {
  expect(threeWay("", "가", "나")).toEqual({ text: "가", open: 1 });
});

test("what one side alone has changed is always in it", () => {
  // A small generator with a fixed seed: which lines either side rewords, drops or adds to.
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  for (let round = 0; round < 300; round++) {
    const lines = Array.from({ length: 8 }, (_, i) => `줄 ${i}: 처음 글 ${next(100)}`);
    const mine = [...lines];
    const theirs = [...lines];
    // Every other line is left alone, so that the two never meet.
    for (let i = 0; i < 8; i += 4) mine[i] = `내가 고친 줄 ${next(1000)}`;
    for (let i = 2; i < 8; i += 4) theirs[i] = `남이 고친 줄 ${next(1000)}`;
    const both = lines.map((line, i) => (mine[i] !== line ? mine[i] : theirs[i]));
    expect(threeWay(lines.join("\n"), mine.join("\n"), theirs.join("\n"))).toEqual({
      text: both.join("\n"),
      open: 0,
    });
  }
});
