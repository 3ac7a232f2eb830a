// Colours are tokens: none stands anywhere else, and every token that is used is there.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Sheets of styles by name; imported ones would be empty here. */
const sheets = Object.fromEntries(
  readdirSync("src/styles")
    .filter((name) => name.endsWith(".css"))
    .map((name) => [name, readFileSync(`src/styles/${name}`, "utf8")]),
);
const { "tokens.css": tokens = "", ...styles } = sheets;
const sources: Record<string, string> = {
  ...styles,
  ...import.meta.glob<string>(["../**/*.svelte", "../editor/*.ts"], {
    eager: true,
    query: "?raw",
    import: "default",
  }),
};
const without = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<=^|\s)\/\/.*$/gm, "");

const colour =
  /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?![\w-])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|light-dark)\(/gi;
/** Names that are colours; words of the system's own palette are none of ours. */
const named =
  /(?:color|background|border[\w-]*|outline|fill|stroke|box-shadow)\s*:[^;{}]*\b(?:white|black|gr[ae]y|red|green|blue|yellow|orange|purple|pink|brown|navy|teal)\b/gi;

/** Pictures of printed pages are paper white in every theme. */
const printed = ["export.css"];

test("colours stand in tokens.css alone", () => {
  const own = Object.entries(sources).filter(([path]) => !printed.includes(path));
  const found = own.flatMap(([path, text]) =>
    [...without(text).matchAll(colour), ...without(text).matchAll(named)].map(
      ([one]) => `${path}: ${one}`,
    ),
  );
  expect(found).toEqual([]);
});

test("every token that is used is there", () => {
  const all = [tokens, ...Object.values(sources)].map(without);
  const defined = new Set(
    all.flatMap((text) =>
      [...text.matchAll(/(?:style:)?(--[\w-]+)\s*[:=]/g)].map(([, name]) => name),
    ),
  );
  // What the components of the library and the window's size give.
  const given = /^--(?:bits|text-scale)/;
  const used = all.flatMap((text) =>
    [...text.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name),
  );
  expect(
    [...new Set(used)].filter((name) => name && !defined.has(name) && !given.test(name)),
  ).toEqual([]);
});

test("every colour of the tokens is used", () => {
  const all = [tokens, ...Object.values(sources)].map(without).join("\n");
  const colours = [...without(tokens).matchAll(/(--[\w-]+):\s*light-dark/g)].map(
    ([, name]) => name,
  );
  expect(colours.length).toBeGreaterThan(30);
  const idle = [...new Set(colours)].filter((name) => !all.includes(`var(${name})`));
  expect(idle).toEqual([]);
});
