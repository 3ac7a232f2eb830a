import { describe, expect, it } from "vitest";
import { fuzzy } from "./fuzzy";

function check(query: string, text: string, expected: string | null): void {
  const match = fuzzy(query, text);
  if (match === null) {
    expect(null).toBe(expected);
    return;
  }
  let shown = "";
  let at = 0;
  for (const [start, end] of match.ranges) {
    shown += `${text.slice(at, start)}[${text.slice(start, end)}]`;
    at = end;
  }
  expect(shown + text.slice(at)).toBe(expected);
}

describe("fuzzy", () => {
  it("finds part of a text, in either spacing and any case", () => {
    check("답", "모범 답안과 비교", "모범 [답]안과 비교");
    check("모범답안", "모범 답안 펼치기", "[모범 답안] 펼치기");
    check("pdf", "PDF로 내보내기", "[PDF]로 내보내기");
    check("", "설정", "설정");
  });

  it("takes words in any order and all of them", () => {
    check("비교 모범", "모범 답안과 비교", "[모범] 답안과 [비교]");
    check("비교 설정", "모범 답안과 비교", null);
  });

  it("takes letters in sequence where they are close", () => {
    check("모비", "모범 답안과 비교", "[모]범 답안과 [비]교");
    check("expo", "Open export", "Open [expo]rt");
    check("ox", "only far away stands its x", null);
    check("ㄷ", "답안", null);
  });

  it("ranks the beginning of a word above its middle, and both above scattered letters", () => {
    const score = (query: string, text: string): number => fuzzy(query, text)?.score ?? -1;
    expect(score("답", "답 고치기")).toBeGreaterThan(score("답", "정답 고치기"));
    expect(score("비교", "답을 비교")).toBeGreaterThan(score("비교", "비밀 교환"));
  });
});
