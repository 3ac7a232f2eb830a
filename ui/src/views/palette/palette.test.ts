import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ui } from "../../state/ui.svelte";
import Palette from "../Palette.svelte";

const ipc = vi.hoisted(() => ({ search: vi.fn(), rows: vi.fn() }));
const openEntry = vi.hoisted(() => vi.fn());
vi.mock("../../ipc/client", async (original) => ({ ...(await original<object>()), ...ipc }));
vi.mock("../../state/navigation.svelte", async (original) => ({
  ...(await original<object>()),
  openEntry,
}));

const field = (): HTMLInputElement => screen.getByRole("combobox");
const names = (): string[] =>
  screen.queryAllByRole("option").map((one) => one.querySelector("span")?.textContent ?? "");

beforeEach(() => {
  Element.prototype.scrollIntoView = () => {};
  Element.prototype.scrollTo = () => {};
  ipc.rows.mockResolvedValue([]);
  ui.dialog = "palette";
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
  ui.dialog = null;
});

describe("palette", () => {
  it("lists every command that is not hidden, with its key", () => {
    render(Palette, { mode: "commands" });
    expect(names()).toContain("설정");
    expect(names()).not.toContain("명령 찾기");
    expect(screen.getByTestId("palette-command-settings").textContent).toContain("Ctrl+,");
  });

  it("runs the chosen command after it closed", async () => {
    render(Palette, { mode: "commands" });
    await fireEvent.input(field(), { target: { value: "설정" } });
    await fireEvent.keyDown(field(), { key: "Enter" });
    await waitFor(() => expect(ui.dialog).toBe("settings"));
  });

  it("does not run what cannot run now", async () => {
    render(Palette, { mode: "commands" });
    await fireEvent.input(field(), { target: { value: "새 문제" } });
    expect(screen.getByTestId("palette-command-add").getAttribute("aria-disabled")).toBe("true");
    await fireEvent.keyDown(field(), { key: "Enter" });
    expect(ui.dialog).toBe("palette");
  });

  it("finds a command by its English name too", async () => {
    render(Palette, { mode: "commands" });
    await fireEvent.input(field(), { target: { value: "settings" } });
    expect(names()[0]).toBe("설정");
  });

  it("lists an entry once, those first whose question matches", async () => {
    const base = { path: "a.md", line: 1, date: null, categories: [], state: null, score: 1 };
    ipc.search.mockResolvedValue({
      query: "락",
      problems: [],
      interpretations: [],
      total: 3,
      took_us: 1,
      hits: [
        {
          ...base,
          entry: "a",
          question: "데드락",
          part: "answer",
          snippet: "락",
          occurrences: 1,
          highlights: [[0, 1]],
        },
        {
          ...base,
          entry: "b",
          question: "분산 락",
          part: "question",
          snippet: "분산 락",
          occurrences: 1,
          highlights: [[3, 4]],
        },
        {
          ...base,
          entry: "b",
          question: "분산 락",
          part: "answer",
          snippet: "락",
          occurrences: 1,
          highlights: [[0, 1]],
        },
      ],
    });
    render(Palette, { mode: "quick" });
    await fireEvent.input(field(), { target: { value: "락" } });
    await waitFor(() => expect(screen.getAllByTestId("palette-entry")).toHaveLength(2));
    expect(screen.getAllByTestId("palette-entry")[0]?.textContent).toContain("분산 락");
    await fireEvent.keyDown(field(), { key: "Enter" });
    expect(openEntry).toHaveBeenCalledWith("b");
  });
});
