// Languages of code blocks: those that interviews are about. Each is fetched when a post first has a
// block of it, so that none is in what the window loads first.

import { LanguageDescription, LanguageSupport, StreamLanguage } from "@codemirror/language";

type Load = () => Promise<LanguageSupport>;

function language(name: string, alias: readonly string[], load: Load): LanguageDescription {
  return LanguageDescription.of({ name, alias, load });
}

/** Of a language that is read line by line. */
function lines(load: () => Promise<Parameters<typeof StreamLanguage.define>[0]>): Load {
  return async () => new LanguageSupport(StreamLanguage.define(await load()));
}

const clike = () => import("@codemirror/legacy-modes/mode/clike");

const all: readonly LanguageDescription[] = [
  language("java", [], async () => (await import("@codemirror/lang-java")).java()),
  language(
    "kotlin",
    ["kt", "kts"],
    lines(async () => (await clike()).kotlin),
  ),
  language(
    "scala",
    [],
    lines(async () => (await clike()).scala),
  ),
  language(
    "csharp",
    ["cs", "c#"],
    lines(async () => (await clike()).csharp),
  ),
  language("javascript", ["js", "jsx", "node"], async () =>
    (await import("@codemirror/lang-javascript")).javascript({ jsx: true }),
  ),
  language("typescript", ["ts", "tsx"], async () =>
    (await import("@codemirror/lang-javascript")).javascript({ jsx: true, typescript: true }),
  ),
  language("python", ["py", "python3"], async () =>
    (await import("@codemirror/lang-python")).python(),
  ),
  language("c", ["cpp", "c++", "h", "hpp"], async () =>
    (await import("@codemirror/lang-cpp")).cpp(),
  ),
  language("go", ["golang"], async () => (await import("@codemirror/lang-go")).go()),
  language("rust", ["rs"], async () => (await import("@codemirror/lang-rust")).rust()),
  language("sql", ["mysql", "postgresql", "psql", "plsql", "sqlite"], async () =>
    (await import("@codemirror/lang-sql")).sql(),
  ),
  language("json", ["jsonc", "json5"], async () => (await import("@codemirror/lang-json")).json()),
  language("yaml", ["yml"], async () => (await import("@codemirror/lang-yaml")).yaml()),
  language("xml", ["svg", "pom"], async () => (await import("@codemirror/lang-xml")).xml()),
  language("html", ["vue", "svelte", "jsp"], async () =>
    (await import("@codemirror/lang-html")).html(),
  ),
  language("css", ["scss", "less"], async () => (await import("@codemirror/lang-css")).css()),
  language(
    "shell",
    ["sh", "bash", "zsh", "console", "shell-session"],
    lines(async () => (await import("@codemirror/legacy-modes/mode/shell")).shell),
  ),
  language(
    "dockerfile",
    ["docker"],
    lines(async () => (await import("@codemirror/legacy-modes/mode/dockerfile")).dockerFile),
  ),
  language(
    "properties",
    ["ini", "conf", "env"],
    lines(async () => (await import("@codemirror/legacy-modes/mode/properties")).properties),
  ),
  language(
    "nginx",
    [],
    lines(async () => (await import("@codemirror/legacy-modes/mode/nginx")).nginx),
  ),
  language(
    "ruby",
    ["rb"],
    lines(async () => (await import("@codemirror/legacy-modes/mode/ruby")).ruby),
  ),
  language(
    "swift",
    [],
    lines(async () => (await import("@codemirror/legacy-modes/mode/swift")).swift),
  ),
];

/**
 * The language that the words behind a fence name: `java`, `Java title="…"`, `java{3,5}`,
 * `language-java`; none if it is not known.
 */
export function codeLanguage(info: string): LanguageDescription | null {
  const word = /^\s*\{?\.?(?:language-|lang-)?([^\s{},:]+)/.exec(info)?.[1]?.toLowerCase();
  if (!word) return null;
  return all.find(({ name, alias }) => name === word || alias.includes(word)) ?? null;
}
