import { describe, expect, it } from "vitest";
import type { HitView } from "../../ipc/client";
import { groupHits, inOrder } from "./groups";
import { Latest } from "./latest";
import { completions, tokens } from "./query";
import { forgetSearches, recentSearches, rememberSearch } from "./recent";
import { markedWords, occurrences, segments } from "./segments";

describe("segments", () => {
  const check = (text: string, ranges: [number, number][], expected: string): void => {
    const shown = segments(text, ranges).map((part) =>
      part.marked ? `[${part.text}]` : part.text,
    );
    expect(shown.join("")).toBe(expected);
  };

  it("marks ranges in UTF-16 units", () => {
    check("낙관적 락은 🔒이다", [[4, 5]], "낙관적 [락]은 🔒이다");
    check("🔒 락", [[3, 4]], "🔒 [락]");
  });

  it("loses no text to a range that is out of bounds or overlaps", () => {
    check(
      "동시성",
      [
        [0, 2],
        [1, 3],
        [2, 9],
      ],
      "[동시]성",
    );
    check("동시성", [[2, 2]], "동시성");
  });

  it("finds every occurrence, the longest word first", () => {
    expect(occurrences("락과 분산 락(Lock)", ["락", "분산 락", "lock"])).toEqual([
      [0, 1],
      [3, 7],
      [8, 12],
    ]);
    expect(occurrences("a.b(c", ["."])).toEqual([[1, 2]]);
    expect(occurrences("동시성", ["", " "])).toEqual([]);
  });

  it("names marked words once", () => {
    expect(
      markedWords("락과 락", [
        [0, 1],
        [3, 4],
      ]),
    ).toEqual(["락"]);
  });
});

describe("query", () => {
  const kinds = (query: string): string =>
    tokens(query)
      .filter((one) => one.text.trim() !== "")
      .map((one) => `${one.kind}:${one.text}`)
      .join(" | ");

  it("tints operators and exclusions", () => {
    expect(kinds("ㄷㅅㅅ 락 category:Backend -캐시")).toBe(
      "plain:ㄷㅅㅅ | plain:락 | operator:category:Backend | negative:-캐시",
    );
    expect(kinds('"정확한 말" OR is:draft -in:hint')).toBe(
      'operator:"정확한 말" | operator:OR | operator:is:draft | negative:-in:hint',
    );
    expect(kinds("is: - http://x")).toBe("plain:is: | plain:- | plain:http://x");
  });

  it("keeps the query byte for byte", () => {
    for (const query of ["  a  b ", '"안 닫힘', 'category:"운영 체제"  -x', ""]) {
      expect(
        tokens(query)
          .map((one) => one.text)
          .join(""),
      ).toBe(query);
    }
  });

  it("finishes operators and their values", () => {
    const texts = (query: string): string[] =>
      completions(query, query.length, ["Backend", "운영 체제"]).map((one) => one.text);
    expect(texts("락 ca")).toEqual(["category:"]);
    expect(texts("is:")).toEqual(["is:answered", "is:draft", "is:unanswered"]);
    expect(texts("-is:d")).toEqual(["is:draft"]);
    expect(texts("category:")).toEqual(["category:Backend", 'category:"운영 체제"']);
    expect(texts("is:draft")).toEqual([]);
    expect(texts("락")).toEqual([]);
  });

  it("puts a completion where the caret is", () => {
    expect(completions("ca 락", 2, [])[0]).toEqual({
      text: "category:",
      query: "category:락",
      caret: 9,
    });
    expect(completions("캐시 is:d", 7, [])[0]).toEqual({
      text: "is:draft",
      query: "캐시 is:draft ",
      caret: 12,
    });
    expect(completions("cat", 1, []), "not inside a word").toEqual([]);
  });
});

describe("groups", () => {
  const hit = (entry: string | null, path: string, line: number): HitView => ({
    entry,
    path,
    line,
    date: null,
    question: `q${entry}`,
    categories: [],
    state: "written",
    part: "answer",
    score: 1,
    snippet: "",
    highlights: [],
    occurrences: 0,
  });

  it("keeps the order of best hits and numbers hits as shown", () => {
    const groups = groupHits([
      hit("a", "p", 1),
      hit("b", "p", 5),
      hit("a", "p", 2),
      hit(null, "p", 9),
      hit(null, "p", 10),
    ]);
    expect(
      groups.map((group) => group.hits.map((one) => `${group.key}/${one.hit.line}#${one.index}`)),
    ).toEqual([["a/1#0", "a/2#1"], ["b/5#2"], ["p:9/9#3"], ["p:10/10#4"]]);
    expect(inOrder(groups).map((one) => one.line)).toEqual([1, 2, 5, 9, 10]);
  });
});

describe("latest", () => {
  it("lets only the newest question be answered, in whatever order answers come", async () => {
    const waiting = new Map<string, (answer: string) => void>();
    const latest = new Latest(
      (question: string) => new Promise<string>((resolve) => waiting.set(question, resolve)),
      0,
    );
    const first = latest.put("a", { atOnce: true });
    const second = latest.put("b", { atOnce: true });
    waiting.get("b")?.("B");
    waiting.get("a")?.("A");
    expect(await second).toEqual({ kind: "answer", value: "B" });
    expect((await first).kind).toBe("stale");
  });

  it("does not ask what is overtaken during the pause", async () => {
    const asked: string[] = [];
    const latest = new Latest((question: string) => Promise.resolve(asked.push(question)), 1);
    const outcomes = await Promise.all(["ㄷ", "도", "동"].map((query) => latest.put(query)));
    expect(asked).toEqual(["동"]);
    expect(outcomes.map((one) => one.kind)).toEqual(["stale", "stale", "answer"]);
  });

  it("hands failures on, unless they are stale", async () => {
    const latest = new Latest(() => Promise.reject(new Error("no index")), 0);
    const overtaken = latest.put("a", { atOnce: true });
    const failed = latest.put("b", { atOnce: true });
    expect((await overtaken).kind).toBe("stale");
    expect((await failed).kind).toBe("failure");
  });
});

describe("recent searches", () => {
  const store = (): Storage => {
    forgetSearches();
    return localStorage;
  };

  it("keeps the newest first, each once, eight at the most", () => {
    store();
    for (const query of ["a", "b", " a ", "", "c"]) rememberSearch(query);
    expect(recentSearches()).toEqual(["c", "a", "b"]);
    for (let index = 0; index < 12; index += 1) rememberSearch(`q${index}`);
    expect(recentSearches()).toHaveLength(8);
  });

  it("survives a damaged store", () => {
    store().setItem("dapanji.search.recent", "{");
    expect(recentSearches()).toEqual([]);
    localStorage.setItem("dapanji.search.recent", '["a",3]');
    expect(recentSearches()).toEqual(["a"]);
  });
});
