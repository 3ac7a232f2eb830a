import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { en } from "../i18n/en";
import { type Key, ko } from "../i18n/ko";
import { language } from "../i18n/language.svelte";
import { asIpcError, type ErrorCode } from "../ipc/client";
import { errorText } from "./errors";

// The tests run in `ui`.
const bindings = readFileSync("src/ipc/bindings.ts", "utf8");

/** The values of a type of the backend, as its bindings have them. */
function valuesOf(type: string): string[] {
  const from = bindings.indexOf(`export type ${type} =`);
  const own = bindings
    .slice(from, bindings.indexOf("\n\n", from))
    .replaceAll(/\/\*[\s\S]*?\*\//g, "");
  return [...own.slice(own.indexOf("=")).matchAll(/"(\w+)"/g)].flatMap(([, value]) => value ?? []);
}

/** Codes that say no more than what failed: there is no way out to name. */
const plain = ["invalid_request", "cancelled", "internal", "nothing_selected"];

describe("every failure of a command", () => {
  const codes = valuesOf("Code");
  const breaking = valuesOf("Breaking");

  test("is known here", () => {
    expect(codes.length).toBeGreaterThan(20);
    expect(breaking.length).toBeGreaterThan(5);
    expect(codes).toContain("folder_gone");
  });

  test.each(codes)("%s has words in both languages", (code) => {
    for (const words of [ko, en]) {
      const text = words[`error.${code}` as Key];
      expect(text, code).toBeTruthy();
      // What happened, and another sentence with what to do.
      if (!plain.includes(code)) expect(text.length, code).toBeGreaterThan(12);
    }
  });

  test.each(breaking)("text that breaks a post by %s has words", (what) => {
    for (const words of [ko, en]) expect(words[`error.breaks.${what}` as Key], what).toBeTruthy();
  });

  test.each(["ko", "en"] as const)("names the file or the reason in %s", (lang) => {
    language.current = lang;
    for (const code of codes as ErrorCode[]) {
      const error = asIpcError({ code, message: "the reason", path: "a/b.md", line: 7 });
      const text = errorText(error);
      expect(text, code).not.toMatch(/[{}]|undefined|error\./);
    }
    language.current = "ko";
  });
});

test("whatever else is thrown becomes an error with words", () => {
  for (const thrown of [new TypeError("x is not a function"), "text", null, { odd: true }]) {
    const error = asIpcError(thrown);
    expect(error.code).toBe("internal");
    expect(errorText(error)).not.toMatch(/[{}]/);
  }
});
