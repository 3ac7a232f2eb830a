import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pageOf } from "../../../dev/test-page";
import { announcer } from "../../a11y/announce.svelte";
import type {
  CompareView as Compared,
  CompareRequest,
  EntryPage,
  ModelState,
} from "../../ipc/client";
import { current } from "../../state/entry.svelte";
import CompareView from "../CompareView.svelte";

const ipc = vi.hoisted(() => ({
  compare: vi.fn(),
  answerVersions: vi.fn(),
  decideTerm: vi.fn(() => Promise.resolve(null)),
  setSynonyms: vi.fn(() => Promise.resolve(null)),
  rememberAudience: vi.fn(() => Promise.resolve(null)),
  onChanged: vi.fn(() => Promise.resolve(() => {})),
}));
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
      {
        term: "락",
        aliases: ["lock"],
        state: "said",
        in_answer: [[0, 1]],
        in_model: [[0, 1]],
        wish: null,
        own_names: [],
      },
      {
        term: "버전",
        aliases: [],
        state: "missing",
        in_answer: [],
        in_model: [[13, 15]],
        wish: null,
        own_names: [],
      },
    ],
    extra_terms: [],
    removed_terms: [],
    audiences: [],
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

  it("lets the user pin, add, remove and name terms", async () => {
    open("락은 잠근다.");
    await waitFor(() => screen.getAllByTestId("compare-term"));
    await fireEvent.click(screen.getAllByTestId("compare-term")[0] as HTMLElement);
    const asked = ipc.compare.mock.calls.length;
    await fireEvent.click(screen.getByTestId("compare-pin"));
    expect(ipc.decideTerm).toHaveBeenLastCalledWith({ entry: "e", term: "버전", decision: "pin" });
    await waitFor(() => expect(ipc.compare.mock.calls.length).toBeGreaterThan(asked));
    await fireEvent.input(screen.getByTestId("compare-add"), { target: { value: " 재고 " } });
    await fireEvent.submit(screen.getByTestId("compare-add").closest("form") as HTMLElement);
    expect(ipc.decideTerm).toHaveBeenLastCalledWith({ entry: "e", term: "재고", decision: "add" });
    const list = screen.getByTestId("compare-terms");
    await fireEvent.keyDown(list, { key: "ArrowDown", code: "ArrowDown" });
    await fireEvent.keyDown(list, { key: "Delete", code: "Delete" });
    expect(ipc.decideTerm).toHaveBeenLastCalledWith({
      entry: "e",
      term: "버전",
      decision: "remove",
    });
    await fireEvent.click(screen.getAllByTestId("compare-term")[1] as HTMLElement);
    await fireEvent.input(screen.getByTestId("compare-name"), { target: { value: "자물쇠" } });
    await fireEvent.submit(screen.getByTestId("compare-name").closest("form") as HTMLElement);
    expect(ipc.setSynonyms).toHaveBeenLastCalledWith({ names: ["락", "자물쇠"], same: true });
  });

  it("goes from difference to difference by key, and says what differs", async () => {
    open("락은 잠근다.");
    await waitFor(() => expect(rows()).toHaveLength(2));
    await fireEvent.keyDown(screen.getByTestId("compare"), { key: "F7", code: "F7" });
    expect(announcer.text).toContain("모범 답안 문장 2: 내 답에 없음, 버전");
    await waitFor(() =>
      expect(document.querySelector(".pairs__rows [aria-current]")?.textContent).toContain("버전"),
    );
  });

  it("says in words what marks show", async () => {
    open("락은 잠근다.");
    await waitFor(() => expect(rows()).toHaveLength(2));
    expect(document.querySelector(".t-missing + .vh")?.textContent).toBe(" (빠짐)");
  });

  it("says that an answer is not finished, and offers to go on", async () => {
    ipc.compare.mockImplementation((request: CompareRequest) =>
      Promise.resolve({ ...compared(request), answer_state: "draft" }),
    );
    open("락은 ??...");
    await waitFor(() => screen.getByTestId("compare-unfinished"));
  });

  it("remembers for whom the model answer was", async () => {
    open("락은 잠근다.");
    await waitFor(() => screen.getByRole("tab", { name: "경력" }));
    await fireEvent.click(screen.getByRole("tab", { name: "경력" }));
    expect(ipc.rememberAudience).toHaveBeenLastCalledWith("경력");
  });

  it("takes text before the first audience for all of them", async () => {
    current.page = pageOf("락", {
      model_answer: {
        state: "written",
        variants: [
          { audience: null, text: "모두에게" },
          { audience: "신입", text: MODEL },
          { audience: "경력", text: MODEL },
        ],
      },
    });
    current.text = "락";
    current.audience = 0;
    render(CompareView);
    await waitFor(() =>
      expect(ipc.compare).toHaveBeenLastCalledWith(expect.objectContaining({ audience: "신입" })),
    );
    expect(screen.getAllByRole("tab")).toHaveLength(2);
  });

  it("sets the answer beside its past, with what it had then", async () => {
    const version = (id: string | null, until: string | null, missing: number) => ({
      id,
      since: null,
      until,
      cause: id === null ? null : ("saved" as const),
      state: "written" as const,
      chars: 7,
      coverage: { said: 2 - missing, partly: 0, missing },
    });
    ipc.answerVersions.mockResolvedValue({
      versions: [version(null, null, 0), version("v1", "2025-04-10T03:00:00.000Z", 1)],
      older: 1,
      newer: 0,
      spans: [
        { kind: "removed", text: "옛" },
        { kind: "added", text: "새" },
        { kind: "same", text: " 글" },
      ],
      changes: [{ term: "버전", older: "missing", newer: "said" }],
    });
    open("새 글");
    await fireEvent.click(screen.getByRole("radio", { name: "내 지난 글" }));
    const past = await screen.findByTestId("compare-past");
    await waitFor(() => screen.getByTestId("compare-version"));
    expect(screen.getByTestId("compare-version").textContent).toContain("말함 1 · 일부 0 · 빠짐 1");
    expect(past.querySelector("del")?.textContent).toContain("옛");
    expect(past.querySelector("ins")?.textContent).toContain("새");
    expect(past.textContent).toContain("버전: 빠짐에서 말함");
    expect(past.textContent).not.toMatch(/%|점수/u);
  });
});
