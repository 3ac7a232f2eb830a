import { describe, expect, it } from "vitest";
import { emptyForm, fill, lack, request, worthKeeping } from "./form";

const EMPTY = emptyForm("2025-05-22");

describe("add form", () => {
  it("sends one line of question and nothing for what is empty", () => {
    expect(request({ ...EMPTY, question: " 락이란\n 무엇인가요? ", date: "2025. 5. 2." })).toEqual({
      question: "락이란 무엇인가요?",
      post: null,
      date: "2025-05-02",
      category: null,
      topic: null,
      hint: null,
      model_answer: null,
    });
  });

  it("wants a question, and a day that exists", () => {
    expect(lack(EMPTY)).toBe("question");
    expect(lack({ ...EMPTY, question: "q" })).toBeNull();
    expect(lack({ ...EMPTY, question: "q", date: "2025-02-30" })).toBe("date");
    expect(lack({ ...EMPTY, question: "q", date: "" })).toBeNull();
  });

  it("fills from a pasted text what is still empty", () => {
    const pasted = {
      question: "질문?",
      category: "OS",
      topic: null,
      hint: "힌트",
      modelAnswer: null,
    };
    const { form, taken } = fill({ ...EMPTY, category: "Backend" }, pasted);
    expect(taken).toEqual(["question", "hint"]);
    expect(form).toMatchObject({ question: "질문?", category: "Backend", hint: "힌트" });
  });

  it("keeps what was typed, but not a day alone", () => {
    expect(worthKeeping(EMPTY)).toBe(false);
    expect(worthKeeping({ ...EMPTY, hint: "x" })).toBe(true);
  });
});
