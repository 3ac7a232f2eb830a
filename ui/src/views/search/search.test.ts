import { describe, expect, it, vi } from "vitest";
import type { CompletionItem, HitView } from "../../ipc/client";
import { chipsOf, type Edited, plainWords, withFilter, without } from "./chips";
import { accepted, asFilters, firstChosen, offered } from "./complete";
import { dateChoices } from "./dates";
import { groupHits } from "./groups";
import { asTyped, stillUndone } from "./interpretations";
import { Latest } from "./latest";
import { locate } from "./locate";
import { markHtml, markText } from "./mark-html";
import { stillThere, strokes, tokens } from "./query";
import { forgetSearches, recentSearches, rememberSearch } from "./recent";
import { between, layOut, nextGroup } from "./rows";
import { changed, keepSaved, moved, type SavedSearch, savedSearches, withSaved } from "./saved";
import { fromFirst, occurrences, segments } from "./segments";

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

  it("begins a line near its first mark, at a word", () => {
    const check = (text: string, range: [number, number], most: number, expected: string): void => {
      const begun = fromFirst(text, [range], most);
      const shown = segments(begun.text, begun.ranges);
      expect(shown.map((one) => (one.marked ? `[${one.text}]` : one.text)).join("")).toBe(expected);
    };
    check("가나 다라 락은", [6, 7], 8, "가나 다라 [락]은");
    check("가나 다라 락은", [6, 7], 4, "…다라 [락]은");
    check("가나다라마바사락은", [7, 8], 3, "가나다라마바사[락]은");
    check("🔒 🔒 락", [6, 7], 3, "…🔒 [락]");
    check("락", [0, 1], 3, "[락]");
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

  it("underlines what is odd, a point by the word before it", () => {
    const shown = (query: string, ...odd: [number, number][]): string =>
      strokes(query, odd)
        .map((one) => (one.odd ? `[${one.text}]` : one.text))
        .join("");
    expect(shown("락 date:2025-13 문", [7, 14])).toBe("락 date:[2025-13] 문");
    expect(shown("락 OR", [4, 4])).toBe("락 [OR]");
    expect(shown("가 나", [0, 3])).toBe("[가][ ][나]");
    expect(shown("", [0, 0])).toBe("");
    expect(shown("락", [0, 9])).toBe("[락]");
  });

  it("keeps what an answer said of the part of a query that is still the same", () => {
    const all = [{ range: [0, 4] as const }, { range: [5, 9] as const }];
    expect(stillThere(all, "is:x is:y", "is:x is:y")).toHaveLength(2);
    expect(stillThere(all, "is:x is:y", "is:x is:draft")).toHaveLength(1);
    expect(stillThere(all, "is:x is:y", "in:x is:y")).toHaveLength(0);
  });
});

describe("chips", () => {
  const shown = (query: string): string =>
    chipsOf(query)
      .map((one) => `${one.negated ? "-" : ""}${one.kind}=${one.value}@${one.start}..${one.end}`)
      .join(" ");
  const put = ({ query, caret }: Edited): string =>
    `${query.slice(0, caret)}|${query.slice(caret)}`;
  const removed = (query: string, at = 0): string => {
    const chip = chipsOf(query)[at];
    return chip ? put(without(query, chip)) : "no chip";
  };

  it("are the filters of the text", () => {
    expect(shown("락 category:Backend -is:draft")).toBe("category=Backend@2..18 -is=draft@19..28");
    expect(shown('분류:"운영 체제" 날짜：2025-04')).toBe(
      "category=운영 체제@0..10 date=2025-04@11..21",
    );
    expect(shown('is: "is:draft" http://x 모름:값 category:""')).toBe("");
    expect(shown('category:"Back')).toBe("category=Back@0..14");
  });

  it("take their text along", () => {
    expect(removed("락 is:draft 문")).toBe("락 |문");
    expect(removed("락 is:draft")).toBe("락|");
    expect(removed("is:draft  락")).toBe("|락");
    expect(removed("is:draft")).toBe("|");
    expect(removed('a"b"is:draft "c"')).toBe('a"b"| "c"');
  });

  it("are added to the text, or changed in it", () => {
    expect(put(withFilter("락", "category", "운영 체제"))).toBe('락 category:"운영 체제" |');
    expect(put(withFilter("", "is", "draft"))).toBe("is:draft |");
    const query = "a category:DB b";
    expect(put(withFilter(query, "category", "OS", chipsOf(query)[0]))).toBe("a category:OS| b");
    expect(put(withFilter("", "topic", 'a"b'))).toBe('topic:"a b" |');
  });

  it("reading a chip back gives what was put in", () => {
    for (const value of ["Backend", "운영 체제", "2025-04-01..2025-04-10", "C++", "a:b"]) {
      const { query } = withFilter("락 -캐시", "category", value);
      expect(chipsOf(query).map((one) => one.value)).toEqual([value]);
      expect(removed(query)).toBe("락 -캐시|");
    }
  });

  it("leave the words", () => {
    expect(plainWords('락 is:draft -캐시 "이어진 말" 문 is:')).toEqual(["락", "문"]);
  });

  it("offer stretches of time", () => {
    expect(dateChoices("2025-01-03").map((one) => one.value)).toEqual([
      "2025-01-03",
      "2024-12-28..2025-01-03",
      "2025-01",
      "2024-12",
      "2025",
    ]);
  });
});

describe("completion", () => {
  const item = (insert: string, kind: CompletionItem["kind"] = "state"): CompletionItem => ({
    insert,
    label: insert.replace(/^\p{L}+:(?=.)/u, ""),
    kind,
    count: 1,
  });
  const offer = (query: string, range: [number, number], items: CompletionItem[], asked = false) =>
    offered({ query, cursor: range[1] }, { range, items }, asked);

  it("opens for operators and values, and for words only if asked", () => {
    expect(offer("is:", [0, 3], [item("is:draft")])?.items).toHaveLength(1);
    expect(offer("is:draft", [0, 8], [item("is:draft")]), "already there").toBeNull();
    expect(offer("ca", [0, 2], [item("category:", "operator")])?.items).toHaveLength(1);
    expect(offer("c", [0, 1], [item("category:", "operator")]), "one letter").toBeNull();
    expect(offer("분", [0, 1], [item("분류:", "operator")])?.items).toHaveLength(1);
    const word = [item("category:동시성", "category")];
    expect(offer("동시", [0, 2], word), "a word").toBeNull();
    expect(offer("동시", [0, 2], word, true)?.items).toEqual(word);
    expect(asFilters({ range: [0, 2], items: word }, "동시")).toEqual(word);
    expect(asFilters({ range: [0, 9], items: word }, "category:")).toEqual([]);
  });

  it("chooses a value that was begun, and nothing where Enter may mean the query", () => {
    const first = (query: string, items: CompletionItem[]) => {
      const found = offer(query, [0, query.length], items, true);
      return found && firstChosen(found);
    };
    expect(first("is:dr", [item("is:draft")])).toBe(0);
    expect(first("is:", [item("is:draft")])).toBe(-1);
    expect(first("category:DB", [item("category:DB2"), item("category:db")])).toBe(-1);
    expect(first("동시", [item("category:동시성")])).toBe(-1);
  });

  it("puts an item in the place of what was typed", () => {
    const check = (query: string, range: [number, number], insert: string, expected: string) => {
      const { query: text, caret } = accepted({ query, caret: 0, range, items: [] }, item(insert));
      expect(`${text.slice(0, caret)}|${text.slice(caret)}`).toBe(expected);
    };
    check("락 is:d", [2, 6], "is:draft", "락 is:draft |");
    check("is:d 락", [0, 4], "is:draft", "is:draft |락");
    check("ca", [0, 2], "category:", "category:|");
    check("-ca 락", [1, 3], "category:", "-category:| 락");
  });
});

describe("readings", () => {
  it("stay undone while their words stand in the query", () => {
    const one = { id: "a", kind: "typo", range: [0, 3], from: "재시두", to: ["재시도"] } as const;
    const all = [{ ...one, range: [0, 3] as [number, number], to: [...one.to] }];
    expect(stillUndone(all, "재시두 설계")).toHaveLength(1);
    expect(stillUndone(all, "재시도 설계")).toHaveLength(0);
    const some = all.map((reading) => ({ ...reading, kind: "some_words" as const, from: "" }));
    expect(stillUndone(some, "다른 말")).toHaveLength(1);
    expect(stillUndone(some, " ")).toHaveLength(0);
  });

  it("are told as they were typed", () => {
    const one = { id: "a", kind: "synonym", range: [2, 7], from: "redis", to: ["레디스"] } as const;
    const reading = { ...one, range: [2, 7] as [number, number], to: [...one.to] };
    expect(asTyped(reading, "락 Redis").from).toBe("Redis");
    expect(stillUndone([asTyped(reading, "락 Redis")], "redis 락")).toHaveLength(1);
  });
});

describe("marks in rendered text", () => {
  /** `[…]` in the source is a match; shows where it is found. */
  const check = (marked: string, shown: string, expected: string): void => {
    const source = marked.replace(/[[\]]/gu, "");
    const ranges: [number, number][] = [];
    let at = 0;
    for (const part of marked.split(/(?=\[)|(?<=\])/u)) {
      const text = part.replace(/[[\]]/gu, "");
      if (part.startsWith("[")) ranges.push([at, at + text.length]);
      at += text.length;
    }
    const found = locate(source, ranges, shown);
    const marks = segments(
      shown,
      found.flatMap((one) => (one ? [one] : [])),
    );
    expect(marks.map((one) => (one.marked ? `[${one.text}]` : one.text)).join("")).toBe(expected);
  };

  it("stand where the source has them", () => {
    check("낙관적 **[락]**과 비관적 [락]", "낙관적 락과 비관적 락", "낙관적 [락]과 비관적 [락]");
    check("락, 그다음 [락]은", "락, 그다음 락은", "락, 그다음 [락]은");
    check("`[redis]` 와 redis", "redis 와 redis", "[redis] 와 redis");
    check("http://redis 의 [redis]", "주소 의 redis", "주소 의 [redis]");
    check("[분산\n락]을", "분산 락을", "[분산 락]을");
    check("[없음]", "다른 글", "다른 글");
    check("[İ] x", "İ x", "[İ] x");
  });

  it("run over tags, keep them, and never become tags", () => {
    expect(
      markHtml("<p>분<b>산 락</b>은 &lt;b&gt;</p>", "분**산 락**은 <b>", [
        { id: 3, range: [0, 6] },
      ]),
    ).toBe(
      '<p><mark class="m" data-match="3">분</mark><b><mark class="m" data-match="3">산 락</mark></b>은 &lt;b&gt;</p>',
    );
    expect(markHtml("<p>a</p>", "a", [])).toBe("<p>a</p>");
    expect(markText("락은 락", "락은 락", [{ id: 7, range: [3, 4] }])).toEqual([
      { text: "락은 ", id: null },
      { text: "락", id: 7 },
    ]);
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
    occurrences: 1,
  });
  const heights = { head: 30, best: [40, 50] as const, other: 20, more: 10, line: 6 };

  it("keep the order of best hits", () => {
    const groups = groupHits([
      hit("a", "p", 1),
      hit("b", "p", 5),
      hit("a", "p", 2),
      hit(null, "p", 9),
      hit(null, "p", 10),
    ]);
    expect(groups.map((group) => group.hits.map((one) => `${group.key}/${one.line}`))).toEqual([
      ["a/1", "a/2"],
      ["b/5"],
      ["p:9/9"],
      ["p:10/10"],
    ]);
  });

  const many = (count: number, parts: number) =>
    groupHits(
      Array.from({ length: count * parts }, (_, index) =>
        hit(`e${Math.floor(index / parts)}`, "p", index),
      ),
    );
  const drawn = (
    groups: ReturnType<typeof groupHits>,
    unfolded: string[],
    from: number,
    to: number,
  ) =>
    between(layOut(groups, new Set(unfolded), heights), from, to)
      .map((row) => (row.kind === "hit" ? `${row.stop}${row.best ? "!" : ""}` : row.kind))
      .join(" ");

  it("are rows with the best hit first and the rest folded", () => {
    expect(drawn(many(2, 1), [], 0, 999)).toBe("head 0! head 1!");
    expect(drawn(many(1, 4), [], 0, 999), "one line is not worth a fold").toBe("head 0! 1 2 3");
    expect(drawn(many(2, 6), [], 0, 999)).toBe("head 0! 1 2 more head 4! 5 6 more");
    expect(drawn(many(2, 6), ["e0"], 0, 999)).toBe("head 0! 1 2 3 4 5 head 6! 7 8 more");
  });

  it("are drawn only where they are in view", () => {
    const all = many(70_000, 1);
    const laid = layOut(all, new Set(), heights);
    expect(laid.height).toBe(70_000 * 70);
    expect(between(laid, 70 * 40_000, 70 * 40_000 + 350)).toHaveLength(10);
    expect(drawn(many(3, 1), [], 30, 70)).toBe("0!");
    expect(drawn([], [], 0, 80)).toBe("");
  });

  it("have one line for a short text and two for a long one", () => {
    const tops = (snippet: string) => {
      const all = groupHits([{ ...hit("a", "p", 1), snippet }]);
      return layOut(all, new Set(), heights).height;
    };
    expect(
      ["락", "동시성을", "락".repeat(6), "락".repeat(7), "a".repeat(9), "a".repeat(10)].map(tops),
    ).toEqual([70, 70, 70, 80, 70, 80]);
  });

  it("are gone through one entry at a time", () => {
    const laid = layOut(many(3, 3), new Set(), heights);
    expect([0, 1, 3, 8].map((from) => nextGroup(laid, from, 1))).toEqual([3, 3, 6, null]);
    expect([0, 1, 3, 8].map((from) => nextGroup(laid, from, -1))).toEqual([null, 0, 0, 6]);
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

  it("asks one at a time, of those that come meanwhile only the last", async () => {
    const asked: string[] = [];
    let answer: (() => void) | undefined;
    const latest = new Latest((question: string) => {
      asked.push(question);
      return new Promise<void>((resolve) => {
        answer = resolve;
      });
    }, 0);
    const first = latest.put("ㄷ");
    await vi.waitFor(() => expect(asked).toEqual(["ㄷ"]));
    const all = ["도", "동", "동시"].map((query) => latest.put(query));
    await Promise.all(all.slice(0, 2));
    expect(asked).toEqual(["ㄷ"]);
    answer?.();
    expect((await first).kind).toBe("stale");
    await vi.waitFor(() => expect(asked).toEqual(["ㄷ", "동시"]));
    answer?.();
    expect((await all[2])?.kind).toBe("answer");
  });

  it("does not wait for ever", async () => {
    const asked: string[] = [];
    const latest = new Latest((question: string) => {
      asked.push(question);
      return new Promise<void>(() => {});
    }, 0);
    void latest.put("느린 것", { atOnce: true });
    void latest.put("다음");
    await vi.waitFor(() => expect(asked).toEqual(["느린 것", "다음"]));
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

describe("saved searches", () => {
  const names = (all: readonly SavedSearch[]): string =>
    all.map((one) => one.name + (one.pinned ? "!" : "")).join(" ");
  const three = () => withSaved(withSaved(withSaved([], "가", "a"), "나", "b"), "다", "c");

  it("have a name, one for each query", () => {
    expect(names(three())).toBe("다 나 가");
    expect(names(withSaved(three(), "라", " b "))).toBe("다 라 가");
    expect(names(withSaved([], " ", "is:draft"))).toBe("is:draft");
    expect(new Set(three().map((one) => one.id)).size).toBe(3);
  });

  it("are pinned, moved and kept", () => {
    localStorage.clear();
    const id = three()[2]?.id ?? "";
    const pinned = keepSaved(changed(three(), id, { pinned: true }));
    expect(names(pinned)).toBe("가! 다 나");
    expect(names(savedSearches())).toBe("가! 다 나");
    expect(names(moved(pinned, pinned[2]?.id ?? "", -1))).toBe("가! 나 다");
    expect(names(moved(pinned, pinned[1]?.id ?? "", -1)), "not before the pinned").toBe(
      "가! 다 나",
    );
    expect(names(moved(pinned, pinned[2]?.id ?? "", 1))).toBe("가! 다 나");
  });

  it("survive a damaged store", () => {
    localStorage.setItem("dapanji.search.saved", "{");
    expect(savedSearches()).toEqual([]);
    localStorage.setItem(
      "dapanji.search.saved",
      '[{"id":"1"},{"id":"2","name":"a","query":"b","pinned":false}]',
    );
    expect(names(savedSearches())).toBe("a");
  });
});
