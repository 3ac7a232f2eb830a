import { describe, expect, it } from "vitest";
import { cardsOf, emptyDraft, fill, isNoDay, request, requestAll, worthKeeping } from "./form";

const EMPTY = emptyDraft();
const asked = (question: string, hint: string | null = null) => ({
  question,
  category: null,
  topic: null,
  hint,
  model_answer: null,
});

describe("add form", () => {
  it("sends one line of question and nothing for what is empty", () => {
    const draft = { ...EMPTY, question: " 락이란\n 무엇인가요? " };
    expect(request(draft, { date: "2025. 5. 2.", post: "" })).toEqual({
      ...asked("락이란 무엇인가요?"),
      post: null,
      date: "2025-05-02",
    });
  });

  it("sends several to one day of one post", () => {
    const drafts = [
      { ...EMPTY, question: "가?" },
      { ...EMPTY, question: "나?", hint: "다" },
    ];
    expect(requestAll(drafts, { date: "", post: "a.md" })).toEqual({
      entries: [asked("가?"), asked("나?", "다")],
      post: "a.md",
      date: null,
    });
  });

  it("wants a day that exists, or none", () => {
    expect(isNoDay("2025-02-30")).toBe(true);
    expect(isNoDay("")).toBe(false);
  });

  it("fills what is still empty from what was read", () => {
    const { draft, taken } = fill(
      { ...EMPTY, category: "Backend" },
      { ...asked("질문?", "힌트"), category: "OS" },
    );
    expect(taken).toEqual(["question", "hint"]);
    expect(draft).toMatchObject({ question: "질문?", category: "Backend", hint: "힌트" });
  });

  it("keeps what was typed", () => {
    expect(worthKeeping(EMPTY)).toBe(false);
    expect(worthKeeping({ ...EMPTY, hint: "x" })).toBe(true);
  });
});

describe("cards", () => {
  it("keep edits and removals when the text is read once more", () => {
    const [first, second, third] = cardsOf([asked("가?"), asked("나?"), asked("다?")], []);
    if (!first || !second || !third) throw new Error("three cards");
    first.draft.hint = "내 힌트";
    second.removed = true;
    const again = cardsOf([asked("라?"), asked("가?"), asked("나?")], [first, second, third]);
    expect(again.map((card) => [card.draft.question, card.draft.hint, card.removed])).toEqual([
      ["라?", "", false],
      ["가?", "내 힌트", false],
      ["나?", "", true],
    ]);
  });

  it("are two for the same question twice", () => {
    const cards = cardsOf([asked("가?"), asked("가?")], cardsOf([asked("가?")], []));
    expect(cards).toHaveLength(2);
    expect(cards[0]).not.toBe(cards[1]);
  });
});
