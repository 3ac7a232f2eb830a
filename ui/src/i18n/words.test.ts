// Every word of the interface is one of its phrases.

import { parse } from "svelte/compiler";
import { describe, expect, test } from "vitest";
import { ko } from "./ko";

const views = import.meta.glob<string>("../**/*.svelte", {
  eager: true,
  query: "?raw",
  import: "default",
});
const sources = import.meta.glob<string>(
  [
    "../**/*.ts",
    "../**/*.svelte",
    "!../**/*.test.ts",
    "!../i18n/{ko,en}/*.ts",
    "!../ipc/bindings.ts",
  ],
  { eager: true, query: "?raw", import: "default" },
);

/** Attributes whose text is read by people. */
const read = [
  "aria-label",
  "aria-description",
  "aria-valuetext",
  "alt",
  "label",
  "placeholder",
  "title",
];
/** Keycaps are signs, not words: they are the same in every language. */
const signs = /^(?:Esc|Tab|Ctrl|Alt|Shift|F\d+)$/;

interface Node {
  type: string;
  name?: string;
  data?: string;
  value?: unknown;
}

/** Texts of a component that stand in its markup. */
function bare(source: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown, attribute: string | null): void => {
    if (Array.isArray(node)) for (const one of node) visit(one, attribute);
    if (typeof node !== "object" || node === null || Array.isArray(node)) return;
    const { type, name, data = "" } = node as Node;
    if (type === "Text" && (attribute === null || read.includes(attribute))) {
      const text = data.trim();
      if (/\p{L}{2}|[가-힣]/u.test(text) && !signs.test(text)) found.push(text);
    }
    const inside = /^(?:Attribute|\w+Directive)$/.test(type) ? (name ?? "") : attribute;
    for (const [key, child] of Object.entries(node)) {
      if (key !== "parent" && key !== "metadata") visit(child, inside);
    }
  };
  visit(parse(source, { modern: true }).fragment, null);
  return found;
}

test("a bare word is noticed", () => {
  expect(bare('<p class="save">저장</p><b title="Save it">{t("x")}</b><kbd>Esc</kbd>')).toEqual([
    "저장",
    "Save it",
  ]);
});

test("no bare words stand in markup", () => {
  expect(Object.keys(views).length).toBeGreaterThan(80);
  const found = Object.entries(views).flatMap(([path, source]) =>
    bare(source).map((text) => `${path}: ${text}`),
  );
  expect(found).toEqual([]);
});

/** Hangul that is matched, made up of or a sign, and no word of the interface. */
const hangul = ["./particles.ts", "../views/export/day.ts", "../views/search/query.ts"];

test("no Korean stands in code but in comments", () => {
  const found = Object.entries(sources).flatMap(([path, source]) => {
    if (hangul.includes(path)) return [];
    const code = source
      .replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g, "")
      .replace(/(^|[^:])\/\/.*$/gm, "$1");
    return [...code.matchAll(/.*[가-힣].*/g)].map(([line]) => `${path}: ${line.trim()}`);
  });
  expect(found).toEqual([]);
});

describe("particles", () => {
  test("no phrase has a fixed one after a parameter", () => {
    const fixed = /\}[’”"'」)]?(?:을|를|이|가|은|는|과|와|로|으로)(?=[\s.,)’”]|$)/u;
    const found = Object.entries(ko).filter(([, text]) => fixed.test(text));
    expect(found).toEqual([]);
  });
});
