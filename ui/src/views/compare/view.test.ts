import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pageOf } from "../../../dev/test-page";
import type {
  CompareView as Compared,
  CompareRequest,
  EntryPage,
  ModelState,
} from "../../ipc/client";
import { current } from "../../state/entry.svelte";
import CompareView from "../CompareView.svelte";

const ipc = vi.hoisted(() => ({ compare: vi.fn() }));
vi.mock("../../ipc/client", async (original) => ({ ...(await original<object>()), ...ipc }));

const MODEL = "락은 재시도를 줄인다. 버전을 본다.";

function page(answer: string, state: ModelState = "written"): EntryPage {
  const variants = ["신입", "경력"].map((audience) => ({ audience, text: MODEL }));
  return pageOf(answer, { model_answer: { state, variants } });
}

function compared({ answer, audience }: CompareRequest): Compared {
  const text = answer ?? "";
  return {
    entry: "e",
    audience,
    model_state: "written",
    answer_state: "written",
    answer_text: text,
    model_text: MODEL,
    terms: [
      { term: "락", aliases: ["lock"], state: "said", in_answer: [[0, 1]], in_model: [[0, 1]] },
      { term: "버전", aliases: [], state: "missing", in_answer: [], in_model: [[13, 15]] },
    ],
    extra_terms: [],
    sentences: [
      {
        model: MODEL.slice(0, 12),
        answer: text,
        similarity: 0.8,
        in_model: [0, 12],
        in_answer: [0, text.length],
      },
      {
        model: MODEL.slice(13),
        answer: null,
        similarity: 0,
        in_model: [13, MODEL.length],
        in_answer: null,
      },
    ],
    flags: [],
  };
}

function open(answer: string, state: ModelState = "written"): void {
  current.page = page(answer, state);
  current.text = answer;
  current.audience = 0;
  render(CompareView);
}

beforeEach(() => {
  Element.prototype.scrollIntoView = () => {};
  ipc.compare.mockImplementation((request: CompareRequest) => Promise.resolve(compared(request)));
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
  current.page = null;
});

const rows = (): (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>(".pairs__rows > li")].map((row) => row.dataset.kind);

describe("comparison", () => {
  it("puts sentences side by side and marks terms in both texts", async () => {
    open("락은 잠근다.");
    await waitFor(() => expect(rows()).toEqual(["pair", "model"]));
    expect(document.querySelector(".c-mine .t-said")?.textContent).toBe("락");
    expect(document.querySelector(".c-model .t-missing")?.textContent).toBe("버전");
    expect(screen.getByTestId("compare").textContent).toContain("뜻을 채점하지 않습니다");
    expect(screen.getByTestId("compare").textContent).not.toMatch(/%|점수/u);
  });

  it("shows where a chosen term stands", async () => {
    open("락은 잠근다.");
    await waitFor(() => screen.getAllByTestId("compare-term"));
    await fireEvent.click(screen.getAllByTestId("compare-term")[0] as HTMLElement);
    await waitFor(() =>
      expect(document.querySelector(".t-missing.is-sel")?.textContent).toBe("버전"),
    );
    expect(document.querySelector(".pairs__rows [aria-current]")?.textContent).toContain("버전");
  });

  it("compares with the audience that was chosen", async () => {
    open("락은 잠근다.");
    await waitFor(() => screen.getByRole("tab", { name: "경력" }));
    await fireEvent.click(screen.getByRole("tab", { name: "경력" }));
    await waitFor(() =>
      expect(ipc.compare).toHaveBeenLastCalledWith({
        entry: "e",
        audience: "경력",
        answer: "락은 잠근다.",
      }),
    );
  });

  it("compares anew while the answer is being written", async () => {
    open("락은 잠근다.");
    await waitFor(() => expect(rows()).toHaveLength(2));
    current.text = "락은 잠그고 버전을 본다.";
    await waitFor(() =>
      expect(ipc.compare).toHaveBeenLastCalledWith(
        expect.objectContaining({ answer: current.text }),
      ),
    );
  });

  it("compares nothing with a placeholder, with no model answer, or without an answer", async () => {
    open("락은 잠근다.", "placeholder");
    screen.getByTestId("compare-placeholder");
    cleanup();
    open("락은 잠근다.", "none");
    screen.getByTestId("compare-none");
    expect(ipc.compare).not.toHaveBeenCalled();
    cleanup();
    open("");
    screen.getByTestId("compare-empty");
    expect(document.body.textContent, "the model answer stays closed").not.toContain("재시도");
    await fireEvent.click(screen.getByTestId("compare-reveal"));
    await waitFor(() => expect(document.body.textContent).toContain("재시도"));
  });
});
