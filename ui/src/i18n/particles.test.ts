import { expect, test } from "vitest";
import { format } from "./index";
import { particle } from "./particles";

test.each([
  ["답", "답을 답이 답은 답과 답으로"],
  ["질문", "질문을 질문이 질문은 질문과 질문으로"],
  ["모범 답안", "모범 답안을 모범 답안이 모범 답안은 모범 답안과 모범 답안으로"],
  ["캐시", "캐시를 캐시가 캐시는 캐시와 캐시로"],
  ["파일 글", "파일 글을 파일 글이 파일 글은 파일 글과 파일 글로"],
  // Decomposed, as file names on a Mac are.
  ["글".normalize("NFD"), "글을 글이 글은 글과 글로"],
  ["ㄱ", "ㄱ을 ㄱ이 ㄱ은 ㄱ과 ㄱ으로"],
  ["ㅏ", "ㅏ를 ㅏ가 ㅏ는 ㅏ와 ㅏ로"],
])("after %s", (word, forms) => {
  const all = ["을", "이", "은", "과", "으로"].map((name) => word + particle(word, name));
  expect(all.join(" ").normalize("NFC")).toBe(forms);
});

test.each([
  ["CP949", "으로", "로"],
  ["UTF-16", "으로", "으로"],
  ["UTF-8", "으로", "로"],
  ["ISO-2022-KR", "으로", "로"],
  ["2025", "을", "를"],
  ["10", "을", "을"],
  ["100", "으로", "으로"],
  ["1", "으로", "로"],
  ["3", "이", "이"],
])("after the digits or name %s", (word, name, form) => {
  expect(particle(word, name)).toBe(form);
});

test.each([
  ["Redis", "를"],
  ["lock", "을"],
  ["map", "을"],
  ["git", "을"],
  ["web", "을"],
  ["main", "을"],
  ["HEAD", "를"],
  ["URL", "을"],
  ["API", "를"],
  ["REST", "를"],
  ["SQL", "을"],
  ["HTTP", "를"],
  ["JVM", "을"],
  ["time", "을"],
  ["table", "을"],
  ["queue", "를"],
  ["cache", "를"],
  ["thread", "를"],
  ["test", "를"],
  ["C", "를"],
  ["C#", "을"],
  ["C++", "를"],
  ["50%", "를"],
])("after the Latin word %s stands %s", (word, form) => {
  expect(particle(word, "을")).toBe(form);
});

test.each([
  ["데드락(deadlock)", "을"],
  ["캐시(CDN)", "를"],
  ["캐시 (local)", "를"],
  ["API [v2]", "를"],
  ["‘파일 글’", "을"],
  ["「경쟁 조건」", "을"],
  ["**굵은 글**", "을"],
  ["정말?", "을"],
  ["(답)", "을"],
  ["데드락(dead(lock))", "을"],
])("brackets, quotes and marks are read past in %s", (word, form) => {
  expect(particle(word, "을")).toBe(form);
});

test("where nobody can tell, both forms stand there", () => {
  for (const word of ["", "…", "漢", "😀"]) {
    expect(particle(word, "을")).toBe("을(를)");
    expect(particle(word, "으로")).toBe("(으)로");
  }
});

test("a phrase has the particle by its parameter", () => {
  const said = (name: string) => format("‘{name}’{name~을} {name}{name~으로}", { name }, "ko");
  expect(said("내 글")).toBe("‘내 글’을 내 글로");
  expect(said("캐시")).toBe("‘캐시’를 캐시로");
  expect(format("{n}{n~이}", { n: 1200 }, "ko")).toBe("1,200이");
});
