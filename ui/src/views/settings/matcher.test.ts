import { expect, test } from "vitest";
import { matcher } from "./matcher";

test.each([
  ["테마", "화면 테마", true],
  ["ㅌ", "테마", true],
  ["템", "테마", true],
  ["글", "글자 크기", true],
  ["긁", "글기", true],
  ["긁", "글자", false],
  ["글자크기", "글자 크기", true],
  ["크기 글자", "글자 크기", true],
  ["없", "업셋", true],
  ["값", "갑", false],
  ["DARK", "Light\nDark", true],
  ["dark size", "Light\nDark", false],
  ["ctrl+,", "Settings\nCtrl+,", true],
  ["theme", "Show the menu bar", false],
  ["(", "Settings", false],
  ["a(b", "a(b", true],
  ["", "Settings", false],
  [" ", "Settings", false],
  ["테마".normalize("NFD"), "테마", true],
])("%j in %j: %j", (query, text, expected) => {
  expect(matcher(query)(text)).toBe(expected);
});
