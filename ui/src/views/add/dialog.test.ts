import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import { IpcError } from "../../ipc/client";
import AddDialog from "../AddDialog.svelte";

const ipc = vi.hoisted(() => ({ addQuestion: vi.fn(), addAll: vi.fn(), readPaste: vi.fn() }));
const openEntry = vi.hoisted(() => vi.fn());
vi.mock("../../ipc/client", async (original) => ({ ...(await original<object>()), ...ipc }));
vi.mock("../../state/navigation.svelte", () => ({ openEntry }));

const field = (name: string): HTMLInputElement => screen.getByTestId(`add-${name}`);
const fill = (name: string, value: string) => fireEvent.input(field(name), { target: { value } });
const submit = () => fireEvent.click(screen.getByTestId("add-submit"));

afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

describe("add dialog", () => {
  it("adds the question and opens it", async () => {
    ipc.addQuestion.mockResolvedValue({ entry: "new", path: "a.md", revision: "r" });
    render(AddDialog);
    await fill("question", "락이란?");
    await fill("category", "Backend");
    await fill("date", "2025. 5. 2.");
    await submit();
    await waitFor(() => expect(openEntry).toHaveBeenCalledWith("new"));
    expect(ipc.addQuestion).toHaveBeenCalledWith(
      expect.objectContaining({
        question: "락이란?",
        category: "Backend",
        date: "2025-05-02",
        hint: null,
      }),
    );
  });

  it("wants a question", async () => {
    render(AddDialog);
    await submit();
    expect(field("question").getAttribute("aria-invalid")).toBe("true");
    expect(ipc.addQuestion).not.toHaveBeenCalled();
  });

  it("leaves Enter to a composition", async () => {
    render(AddDialog);
    await fill("question", "락이란");
    field("question").focus();
    await fireEvent.keyDown(field("question"), { key: "Enter", isComposing: true });
    expect(document.activeElement).toBe(field("question"));
    await fireEvent.keyDown(field("question"), { key: "Enter" });
    expect(document.activeElement).toBe(field("category"));
  });

  it("keeps what was typed when it is closed or when adding fails", async () => {
    ipc.addQuestion.mockRejectedValue(
      new IpcError({ code: "read_only", message: "read-only", path: "a.md", line: null }),
    );
    const { unmount } = render(AddDialog);
    await fill("question", "남을 질문");
    await submit();
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("a.md"));
    unmount();
    render(AddDialog);
    expect(field("question").value).toBe("남을 질문");
  });

  it("reads a paste of several lines into the form", async () => {
    ipc.readPaste.mockResolvedValue({ entries: [{ ...asked("힙이란?"), category: "자료구조" }] });
    render(AddDialog);
    await emptied();
    await paste("질문: 힙이란?\n분류: 자료구조");
    await waitFor(() => expect(field("question").value).toBe("힙이란?"));
    expect(field("category").value).toBe("자료구조");
  });

  it("shows several questions, and adds those that are left together", async () => {
    ipc.readPaste.mockResolvedValue({ entries: ["가?", "나?", "다?"].map(asked) });
    ipc.addAll.mockResolvedValue({ entries: ["e1", "e2"], path: "a.md", revision: "r" });
    render(AddDialog);
    await emptied();
    await paste("1. 가?\n2. 나?\n3. 다?");
    await waitFor(() => expect(screen.getAllByTestId("add-card")).toHaveLength(3));
    expect(screen.getByTestId("add-read").textContent).toContain("3");
    await fireEvent.click(screen.getAllByTestId("add-card-remove")[1] as HTMLElement);
    await waitFor(() => expect(screen.getAllByTestId("add-card")).toHaveLength(2));
    await submit();
    await waitFor(() => expect(openEntry).toHaveBeenCalledWith("e1"));
    expect(ipc.addAll.mock.calls[0]?.[0].entries).toEqual([asked("가?"), asked("다?")]);
    expect(ipc.addQuestion).not.toHaveBeenCalled();
  });

  it("takes a single line as any field does", async () => {
    render(AddDialog);
    await emptied();
    await paste("힙이란?");
    expect(ipc.readPaste).not.toHaveBeenCalled();
  });
});

function asked(question: string) {
  return { question, category: null, topic: null, hint: null, model_answer: null };
}

/** What an earlier dialog kept is cleared away. */
async function emptied(): Promise<void> {
  const ways = screen.getAllByRole("radio");
  await fireEvent.click(ways[1] as HTMLElement);
  ipc.readPaste.mockResolvedValueOnce({ entries: [] });
  await fireEvent.input(screen.getByTestId("add-paste"), { target: { value: "" } });
  await fireEvent.click(ways[0] as HTMLElement);
  for (const name of ["question", "category", "topic", "hint", "model"]) await fill(name, "");
}

function paste(text: string) {
  const clipboardData = { getData: () => text };
  return fireEvent.paste(field("question"), { clipboardData });
}
