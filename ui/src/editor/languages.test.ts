import { expect, test } from "vitest";
import { codeLanguage } from "./languages";

test.each([
  ["java", "java"],
  ["Java title=x", "java"],
  ["java{3,5}", "java"],
  ["{.python}", "python"],
  ["language-ts", "typescript"],
  ["kt", "kotlin"],
  ["bash", "shell"],
  ["c++", "c"],
  ["", undefined],
  ["모름", undefined],
])("the language of %j", (info, name) => {
  expect(codeLanguage(info)?.name).toBe(name);
});

test("every language can be fetched", async () => {
  const names = ["java", "kotlin", "sql", "yaml", "docker", "nginx", "swift", "ruby", "ini", "go"];
  const loaded = await Promise.all(names.map((name) => codeLanguage(name)?.load()));
  expect(loaded.every((support) => support !== undefined)).toBe(true);
});
