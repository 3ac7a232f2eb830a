import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import { IpcError } from "../../ipc/client";
import AddDialog from "../AddDialog.svelte";

const ipc = vi.hoisted(() => ({ addQuestion: vi.fn() }));
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
});
