import { describe, expect, it } from "vitest";
import { takeApart } from "./paste";

describe("takeApart", () => {
  it("takes question, category, hint and model answer from a block", () => {
    const block = [
      "## 캐시를 언제 무효화하나요?",
      "",
      "> 카테고리: Backend, 캐시 무효화",
      ">",
      "> 힌트: 누가 아는지",
      "> 먼저 생각하세요.",
      "",
      "### 답변  ",
      "내 글",
      "",
      "> ##### 모범 답안",
      ">",
      "> 데이터마다 **지연**을 정합니다.  ",
      "> 이어서 씁니다.",
      "{: .block-tip }",
      "",
    ].join("\n");
    expect(takeApart(block)).toEqual({
      question: "캐시를 언제 무효화하나요?",
      category: "Backend",
      topic: "캐시 무효화",
      hint: "누가 아는지 먼저 생각하세요.",
      modelAnswer: "데이터마다 **지연**을 정합니다.  \n이어서 씁니다.",
    });
  });

  it("takes labels without quotes and headings", () => {
    expect(takeApart("질문: 락이 무엇인가요?\n분류: 데이터베이스\n힌트: 충돌")).toEqual({
      question: "락이 무엇인가요?",
      category: "데이터베이스",
      topic: null,
      hint: "충돌",
      modelAnswer: null,
    });
  });

  it("leaves a plain question alone", () => {
    expect(takeApart("낙관적 락과 비관적 락은 무엇인가요?")).toBeNull();
    expect(takeApart("두 줄로 된\n질문입니다")).toBeNull();
  });

  it("takes line ends of any system", () => {
    expect(takeApart("## 질문\r\n> 카테고리: OS\r\n")).toMatchObject({
      question: "질문",
      category: "OS",
    });
  });
});
