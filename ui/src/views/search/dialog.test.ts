import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { HitView, InterpretationView, SearchRequest, SearchView } from "../../ipc/client";
import SearchDialog from "../SearchDialog.svelte";

const ipc = vi.hoisted(() => ({
  search: vi.fn(),
  completeQuery: vi.fn(),
  findMatches: vi.fn(),
  entry: vi.fn(),
  render: vi.fn(),
}));
const openEntry = vi.hoisted(() => vi.fn(() => Promise.resolve(false)));
vi.mock("../../ipc/client", async (original) => ({ ...(await original<object>()), ...ipc }));
vi.mock("../../state/navigation.svelte", () => ({ openEntry }));

function hit(entry: string, part: HitView["part"], snippet: string): HitView {
  return {
    entry,
    path: "a.md",
    line: 1,
    date: "2025-05-19",
    question: `질문 ${entry}`,
    categories: ["Backend"],
    state: "written",
    part,
    score: 1,
    snippet,
    highlights: [[0, 1]],
    occurrences: 1,
  };
}

function answer(query: string, hits: HitView[], more: Partial<SearchView> = {}): SearchView {
  const plain = { query, problems: [], interpretations: [] };
  return { ...plain, total: hits.length, took_us: 900, hits, ...more };
}

const reading: InterpretationView = {
  id: "initials:ㄷㅅㅅ",
  kind: "initials",
  range: [0, 3],
  from: "ㄷㅅㅅ",
  to: ["동시성", "대상성"],
};

const field = (): HTMLInputElement => screen.getByRole("combobox");
const options = (): string[] => screen.queryAllByRole("option").map((one) => one.textContent ?? "");
const type = (value: string) => fireEvent.input(field(), { target: { value } });
const key = (name: string, init: KeyboardEventInit = {}) =>
  fireEvent.keyDown(field(), { key: name, code: name, ...init });
const chips = (): string[] =>
  screen
    .queryAllByTestId("search-chip")
    .map((one) => one.textContent?.replace(/\s+/gu, " ").trim() ?? "");

class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", Observer);
  localStorage.clear();
  Element.prototype.scrollIntoView = () => {};
  ipc.findMatches.mockResolvedValue([]);
  ipc.completeQuery.mockImplementation(({ cursor }: { cursor: number }) =>
    Promise.resolve({ range: [cursor, cursor], items: [] }),
  );
  ipc.entry.mockReturnValue(new Promise(() => {}));
  ipc.search.mockImplementation(({ query }: SearchRequest) =>
    Promise.resolve(
      answer(query, [
        hit("a", "answer", "락을 답에"),
        hit("b", "hint", "락을 힌트에"),
        hit("a", "question", "락은 무엇"),
      ]),
    ),
  );
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

describe("search dialog", () => {
  it("searches as one types and groups hits by entry", async () => {
    render(SearchDialog);
    await type("락");
    await waitFor(() => expect(options()).toHaveLength(3));
    expect(options().map((one) => one.replace(/\s+/gu, " ").trim())).toEqual([
      "내 답 락을 답에",
      "질문 락은 무엇",
      "힌트 락을 힌트에",
    ]);
    expect(document.querySelectorAll(".hits mark")).toHaveLength(3);
    expect(field().getAttribute("aria-activedescendant")).toBe(
      screen.getAllByRole("option")[0]?.id,
    );
  });

  it("opens with Enter what the arrows chose, and remembers the search", async () => {
    render(SearchDialog);
    await type("락");
    await waitFor(() => expect(options()).toHaveLength(3));
    await fireEvent.keyDown(field(), { key: "ArrowDown" });
    await fireEvent.keyDown(field(), { key: "ArrowDown" });
    await fireEvent.keyDown(field(), { key: "Enter" });
    expect(openEntry).toHaveBeenCalledWith("b");
    expect(localStorage.getItem("dapanji.search.recent")).toContain("락");
  });

  it("leaves keys to a composition, and searches what it shows", async () => {
    render(SearchDialog);
    await fireEvent.compositionStart(field());
    await type("라");
    await waitFor(() => expect(options()).toHaveLength(3));
    await fireEvent.keyDown(field(), { key: "ArrowDown", isComposing: true });
    await fireEvent.keyDown(field(), { key: "Enter", keyCode: 229 });
    expect(openEntry).not.toHaveBeenCalled();
    expect(screen.getAllByRole("option")[0]?.getAttribute("aria-selected")).toBe("true");
  });

  it("drops an answer that comes after a newer question", async () => {
    const waiting = new Map<string, (view: SearchView) => void>();
    ipc.search.mockImplementation(
      ({ query }: SearchRequest) =>
        new Promise<SearchView>((resolve) => waiting.set(query, resolve)),
    );
    render(SearchDialog);
    await type("동");
    await waitFor(() => expect(waiting.has("동")).toBe(true));
    await type("동시성");
    await waitFor(() => expect(waiting.has("동시성")).toBe(true));
    waiting.get("동시성")?.(answer("동시성", [hit("new", "answer", "동시성")]));
    waiting.get("동")?.(answer("동", [hit("old", "answer", "동"), hit("older", "answer", "동")]));
    await waitFor(() => expect(options()).toHaveLength(1));
  });

  it("opens the hit of what was typed, not of what is still shown", async () => {
    render(SearchDialog);
    await type("락");
    await waitFor(() => expect(options()).toHaveLength(3));
    ipc.search.mockImplementation(({ query }: SearchRequest) =>
      Promise.resolve(answer(query, [hit("new", "answer", "동시성")])),
    );
    await type("동시성");
    await fireEvent.keyDown(field(), { key: "Enter" });
    await waitFor(() => expect(openEntry).toHaveBeenCalledWith("new"));
  });

  it("says what to try where nothing is found", async () => {
    ipc.search.mockImplementation(({ query }: SearchRequest) => Promise.resolve(answer(query, [])));
    render(SearchDialog);
    await type("없는말 is:draft");
    await waitFor(() =>
      expect(screen.getByTestId("search-none").textContent).toContain("없는말 is:draft"),
    );
    await fireEvent.click(screen.getByRole("button", { name: "연산자 없이 찾기" }));
    expect(field().value).toBe("없는말");
  });

  it("completes what is typed of an operator, by keys and without losing the search", async () => {
    ipc.completeQuery.mockImplementation(({ query }: { query: string }) =>
      Promise.resolve({
        range: [2, query.length],
        items: ["is:draft", "is:답변함"].map((insert) => ({
          insert,
          label: insert.slice(3),
          kind: "state",
          count: 3,
        })),
      }),
    );
    render(SearchDialog);
    await type("락 is:d");
    const list = await screen.findByTestId("search-completions");
    expect(list.querySelectorAll('[aria-selected="true"]')).toHaveLength(1);
    await key("ArrowDown");
    expect(field().getAttribute("aria-activedescendant")).toBe(list.lastElementChild?.id);
    await key("Escape");
    expect(screen.queryByTestId("search-completions")).toBeNull();
    expect(screen.getByTestId("search-dialog")).toBeTruthy();
    await key("Space", { ctrlKey: true });
    await screen.findByTestId("search-completions");
    await key("Tab");
    await waitFor(() => expect(field().value).toBe("락 is:draft "));
  });

  it("mirrors filters as chips, and edits the text with them", async () => {
    render(SearchDialog);
    await type('락 category:"운영 체제" -in:hint');
    expect(chips()).toEqual(["분류 운영 체제", "부분 제외 힌트"]);
    await fireEvent.click(screen.getByRole("button", { name: "분류 운영 체제 조건 지우기" }));
    await waitFor(() => expect(field().value).toBe("락 -in:hint"));
    expect(chips()).toEqual(["부분 제외 힌트"]);
  });

  it("undoes a reading of the query, and takes that back", async () => {
    ipc.search.mockImplementation(({ query, refused = [] }: SearchRequest) =>
      Promise.resolve(
        refused.length > 0
          ? answer(query, [])
          : answer(query, [hit("a", "answer", "동시성")], { interpretations: [reading] }),
      ),
    );
    render(SearchDialog);
    await type("ㄷㅅㅅ");
    const said = await screen.findByTestId("search-reading");
    expect(said.textContent).toContain("‘ㄷㅅㅅ’ → 동시성, 대상성 찾음");
    await fireEvent.click(screen.getByTestId("search-undo"));
    await screen.findByTestId("search-none");
    expect(ipc.search).toHaveBeenLastCalledWith(expect.objectContaining({ refused: [reading.id] }));
    await fireEvent.click(screen.getByTestId("search-redo"));
    await screen.findByTestId("search-reading");
    expect(options()).toHaveLength(1);
  });

  it("shows what is odd at its place, and the hits", async () => {
    ipc.search.mockImplementation(({ query }: SearchRequest) =>
      Promise.resolve(
        answer(query, [hit("a", "answer", "락")], {
          problems: [{ range: [2, 8], code: "unknown_value" }],
        }),
      ),
    );
    render(SearchDialog);
    await type("락 is:무엇이");
    await waitFor(() => expect(document.querySelector(".odd")?.textContent).toBe("is:무엇이"));
    expect(screen.getByTestId("search-problems").textContent).toContain("모르는 값");
    expect(options()).toHaveLength(1);
    await type("락 is:무엇이 더");
    expect(document.querySelector(".odd")?.textContent, "it stays while one types on").toBe(
      "is:무엇이",
    );
  });

  it("goes from entry to entry with Tab, and out of the field at the end", async () => {
    render(SearchDialog);
    await type("락");
    await waitFor(() => expect(options()).toHaveLength(3));
    const chosen = () =>
      screen
        .getAllByRole("option")
        .findIndex((one) => one.getAttribute("aria-selected") === "true");
    expect(await key("Tab")).toBe(false);
    expect(chosen()).toBe(2);
    expect(await key("Tab"), "the last one").toBe(true);
    await key("Tab", { shiftKey: true });
    expect(chosen()).toBe(0);
  });

  it("unfolds the hits of an entry that has many", async () => {
    const many = Array.from({ length: 6 }, (_, index) => hit("a", "section", `락 ${index}`));
    ipc.search.mockImplementation(({ query }: SearchRequest) =>
      Promise.resolve(answer(query, many)),
    );
    render(SearchDialog);
    await type("락");
    await waitFor(() => expect(options()).toHaveLength(4));
    expect(screen.getByTestId("search-more").textContent).toContain("3곳 더");
    for (const _ of "123") await key("ArrowDown");
    await key("Enter");
    await waitFor(() => expect(options()).toHaveLength(6));
    expect(openEntry).not.toHaveBeenCalled();
  });

  it("asks for more towards the end, and keeps what is chosen and looked at in its place", async () => {
    vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(400);
    const far = Array.from({ length: 60 }, (_, index) => hit(`e${index}`, "answer", `락 ${index}`));
    // The first entries have a second hit each, of little weight.
    const later = [0, 1, 2].map((index) => hit(`e${index}`, "hint", `힌트의 락 ${index}`));
    ipc.search.mockImplementation(({ query, limit }: SearchRequest) =>
      Promise.resolve(
        limit < 60
          ? answer(query, far.slice(0, limit), { total: 63 })
          : answer(query, [...far, ...later]),
      ),
    );
    render(SearchDialog);
    await type("락");
    await waitFor(() => expect(options().length).toBeGreaterThan(3));
    const first = ipc.search.mock.lastCall?.[0] as SearchRequest;
    expect(first.limit).toBeLessThan(60);
    for (let down = 0; down < 30; down++) await key("ArrowDown");
    const list = screen.getByTestId("search-hits");
    const before = list.scrollTop;
    const chosen = () => screen.getByRole("option", { selected: true });
    const inView = () => Number.parseFloat(chosen().style.insetBlockStart) - list.scrollTop;
    const place = inView();
    expect(chosen().textContent).toContain("락 30");
    await waitFor(() => expect(ipc.search).toHaveBeenCalledTimes(2));
    await waitFor(() => expect(list.scrollTop).toBeGreaterThan(before));
    expect(chosen().textContent).toContain("락 30");
    expect(inView()).toBe(place);
    await key("ArrowDown");
    expect(chosen().textContent).toContain("락 31");
  });

  it("keeps a search by name, and offers it where nothing is typed", async () => {
    render(SearchDialog);
    await type("is:draft 락");
    await key("KeyD", { key: "d", ctrlKey: true });
    const name = await screen.findByTestId("search-save-name");
    await fireEvent.input(name, { target: { value: "쓰다 만 락" } });
    await fireEvent.click(screen.getByTestId("search-save-run"));
    await type("");
    const saved = await screen.findByTestId("search-saved");
    expect(saved.textContent).toContain("쓰다 만 락");
    await key("Enter");
    await waitFor(() => expect(field().value).toBe("is:draft 락"));
  });

  it("says that the index is still being built", async () => {
    ipc.search.mockImplementation(({ query }: SearchRequest) =>
      Promise.resolve(answer(query, [], { indexing: { done: 3, of: 10 } })),
    );
    render(SearchDialog);
    await type("락");
    expect((await screen.findByTestId("search-indexing")).textContent).toContain("글 3/10편");
  });
});
