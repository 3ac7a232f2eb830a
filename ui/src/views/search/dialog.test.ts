import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { HitView, SearchRequest, SearchView } from "../../ipc/client";
import SearchDialog from "../SearchDialog.svelte";

const ipc = vi.hoisted(() => ({ search: vi.fn(), entry: vi.fn(), render: vi.fn() }));
const openEntry = vi.hoisted(() => vi.fn());
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

function answer(query: string, hits: HitView[]): SearchView {
  return { query, problems: [], interpretations: [], total: hits.length, took_us: 900, hits };
}

const field = (): HTMLInputElement => screen.getByRole("combobox");
const options = (): string[] => screen.queryAllByRole("option").map((one) => one.textContent ?? "");
const type = (value: string) => fireEvent.input(field(), { target: { value } });

beforeEach(() => {
  localStorage.clear();
  Element.prototype.scrollIntoView = () => {};
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

  it("completes operators with Tab", async () => {
    render(SearchDialog);
    await type("락 is:d");
    field().setSelectionRange(6, 6);
    await fireEvent.keyUp(field());
    await fireEvent.keyDown(field(), { key: "Tab" });
    await waitFor(() => expect(field().value).toBe("락 is:draft "));
  });
});
