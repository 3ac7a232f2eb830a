import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { byId } from "../../../dev/mock-book";
import {
  composed,
  ctrl,
  ctrlShift,
  field,
  focused,
  focusIs,
  gone,
  openEntry,
  openWindow,
  press,
  see,
  type,
} from "../../../dev/test-app";

beforeAll(openWindow, 60_000);

describe("the question", () => {
  beforeEach(() => openEntry("e5"));

  it("is edited with F2, saved with Enter, and the focus returns to the answer", async () => {
    await press("F2");
    expect(focused()).toBe("edit-question-field");
    await type("edit-question-field", "코드 리뷰에서\n무엇을 보나요?");
    await press("Enter");
    await see("question", "코드 리뷰에서 무엇을 보나요?");
    expect(byId("e5").question).toBe("코드 리뷰에서 무엇을 보나요?");
    await focusIs("editor");
  });

  it("opens with a click or its pen, and stays as it was after Escape", async () => {
    const before = byId("e5").question;
    await fireEvent.click(screen.getByTestId("question"));
    await press("Escape");
    screen.getByTestId("question-edit").focus();
    await fireEvent.click(screen.getByTestId("question-edit"));
    await type("edit-question-field", "버릴 질문");
    await press("Escape");
    await see("question", before);
    await focusIs("question-edit");
  });

  it("comes back with one click after it was dropped", async () => {
    const before = byId("e5").question;
    await press("F2");
    await type("edit-question-field", "다시 찾을 질문");
    await press("Escape");
    await fireEvent.click(screen.getByText("되돌리기"));
    await waitFor(() => expect(field("edit-question-field").value).toBe("다시 찾을 질문"));
    await type("edit-question-field", before);
    await press("Escape");
    await gone("edit-question");
  });

  it("leaves every key to a composition", async () => {
    await press("F2");
    for (const code of ["Enter", "Escape"]) await press(code, composed);
    await press("Enter", { ...ctrl, ...composed });
    expect(focused()).toBe("edit-question-field");
    await press("Escape");
    await gone("edit-question");
  });

  it("must not be empty", async () => {
    await press("F2");
    await type("edit-question-field", "  ");
    await press("Enter");
    await see("edit-error", "질문을 쓰세요");
    expect(field("edit-question-field").getAttribute("aria-invalid")).toBe("true");
    await press("Escape");
  });

  it("keeps what was being written while another entry is looked at", async () => {
    await press("F2");
    await type("edit-question-field", "쓰다 만 질문");
    await openEntry("e6");
    await gone("edit-question");
    await openEntry("e5");
    await waitFor(() => expect(field("edit-question-field").value).toBe("쓰다 만 질문"));
    field("edit-question-field").focus();
    await press("Escape");
  });
});

describe("category and topic", () => {
  beforeEach(() => openEntry("e7"));

  it("are edited together", async () => {
    await press("KeyL", ctrlShift);
    expect(focused()).toBe("edit-category-field");
    await fireEvent.click(screen.getByRole("button", { name: "네트워크" }));
    await type("edit-topic-field", "느린 서비스");
    field("edit-topic-field").focus();
    await press("Enter");
    await gone("edit-about");
    expect(byId("e7")).toMatchObject({ categories: ["네트워크"], topic: "느린 서비스" });
    expect(document.querySelector(".form")?.textContent).toContain("느린 서비스");
  });

  it("are made where there are none, and taken away", async () => {
    await press("KeyL", ctrlShift);
    await type("edit-category-field", "");
    await type("edit-topic-field", "");
    await press("Enter");
    await gone("edit-about");
    expect(byId("e7")).toMatchObject({ categories: [], topic: null });
    await fireEvent.click(screen.getByTestId("about-edit"));
    await type("edit-category-field", "DevOps");
    await press("Enter", ctrl);
    await gone("edit-about");
    expect(byId("e7")).toMatchObject({ categories: ["DevOps"], topic: null });
  });
});

describe("the hint", () => {
  it("is added where there is none, edited, and taken away with its text", async () => {
    await openEntry("e4");
    expect(screen.queryByTestId("hint")).toBeNull();
    await fireEvent.click(screen.getByText("힌트 더하기"));
    await type("edit-hint-field", "늦게 온 소리는\n쓸모가 없습니다.");
    await press("Enter", composed);
    await press("Enter");
    expect(screen.getByTestId("edit-hint")).toBeTruthy();
    await press("Enter", ctrl);
    await focusIs("editor");
    expect(screen.getByTestId("hint")).toBeTruthy();
    expect(byId("e4").hint).toBe("늦게 온 소리는\n쓸모가 없습니다.");
    await press("Period", ctrlShift);
    await type("edit-hint-field", "");
    await press("Enter", ctrl);
    await gone("edit-hint");
    expect(screen.queryByTestId("hint")).toBeNull();
    expect(byId("e4").hint).toBeNull();
  });

  it("that would break the post is refused with its line, and kept", async () => {
    await openEntry("e4");
    await press("Period", ctrlShift);
    await type("edit-hint-field", "## 제목");
    await press("Enter", ctrl);
    await see("edit-error", "3번째 줄");
    expect(field("edit-hint-field").value).toBe("## 제목");
    expect(byId("e4").hint).toBeNull();
    await press("Escape");
  });

  it("that changed in the file meanwhile is shown beside what was written", async () => {
    await openEntry("e3");
    await press("Period", ctrlShift);
    await type("edit-hint-field", "내 힌트");
    byId("e3").hint = "밖에서 고친 힌트";
    await press("Enter", ctrl);
    await see("edit-conflict", "밖에서 고친 힌트");
    expect(byId("e3").hint).toBe("밖에서 고친 힌트");
    await fireEvent.click(screen.getByTestId("edit-mine"));
    await gone("edit-hint");
    expect(byId("e3").hint).toBe("내 힌트");
  });
});

describe("the model answer", () => {
  const text = () => screen.getByTestId("edit-model-field").textContent;

  it("is edited in its pane, one audience alone", async () => {
    await openEntry("e1");
    const second = byId("e1").variants[1]?.text;
    await press("KeyA", ctrlShift);
    await waitFor(() => expect(focused()).toBe("edit-model-field"));
    expect(text()).toContain("재시도는 다시 보내면");
    await replace("새 모범 답안");
    await fireEvent.click(screen.getByRole("tab", { name: "현직 개발자, 이직 면접" }));
    await gone("edit-model-field");
    await fireEvent.click(screen.getByRole("tab", { name: "첫 취업 준비생" }));
    await waitFor(() => expect(text()).toBe("새 모범 답안"));
    screen.getByTestId("edit-model-field").focus();
    await press("Enter", ctrl);
    await see("model-text", "새 모범 답안");
    expect(byId("e1").variants.map((variant) => variant.text)).toEqual(["새 모범 답안", second]);
  });

  it("is written where there is only its place", async () => {
    await openEntry("e2");
    await fireEvent.click(screen.getByTestId("model-edit"));
    await waitFor(() => expect(focused()).toBe("edit-model-field"));
    expect(text()).toBe("");
    await replace("먼저 무엇이 바뀌었는지 확인합니다.");
    await press("Enter", { ...ctrl, ...composed });
    expect(byId("e2").modelState).toBe("placeholder");
    await press("Enter", ctrl);
    await see("model-text", "먼저 무엇이");
    expect(byId("e2").modelState).toBe("written");
  });

  /** Writes over all of the field, as a paste does. */
  async function replace(words: string): Promise<void> {
    const { EditorView } = await import("@codemirror/view");
    const view = EditorView.findFromDOM(screen.getByTestId("edit-model-field"));
    view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: words } });
  }
});

describe("a post in an old encoding", () => {
  /** The first entry of March. */
  const old = "e130";

  it("is read only until it is converted", async () => {
    await openEntry(old);
    await see("locked", "CP949");
    expect(screen.getByTestId("editor").getAttribute("aria-readonly")).toBe("true");
    expect(screen.queryByTestId("question-edit")).toBeNull();
    await press("F2");
    expect(screen.queryByTestId("edit-question")).toBeNull();
    await fireEvent.click(screen.getByTestId("convert"));
    await gone("locked");
    expect(screen.getByTestId("editor").getAttribute("aria-readonly")).toBeNull();
    expect(screen.getByTestId("question-edit")).toBeTruthy();
    await focusIs("editor");
  });
});
