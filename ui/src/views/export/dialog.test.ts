import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ExportProgress, type ExportView, IpcError, type PreviewView } from "../../ipc/client";
import { settings } from "../../state/settings.svelte";
import ExportDialog from "../ExportDialog.svelte";

const ipc = vi.hoisted(() => ({
  overview: vi.fn(),
  pickExportPath: vi.fn(),
  exportPdf: vi.fn(),
  cancelExport: vi.fn(),
  previewPdf: vi.fn(),
  pagePicture: vi.fn(),
  closePreview: vi.fn(),
  saveSettings: vi.fn(),
  onExportProgress: vi.fn(),
  onChanged: vi.fn(),
}));
vi.mock("../../ipc/client", async (original) => ({ ...(await original<object>()), ...ipc }));

const RESULT: ExportView = {
  out: "/x.pdf",
  pages: 5,
  entries: 2,
  articles: 0,
  bytes: 1_234_567,
  omissions: ["그림이 없습니다"],
};
const PAGE = { width: 595, height: 842, headings: [] };
const VIEW: PreviewView = {
  pages: [PAGE, { ...PAGE, headings: ["5월 22일 목요일", "락이란?"] }, PAGE],
  shown: 2,
  entries: 2,
  articles: 0,
  audiences: ["[첫 취업 준비생이라면?]"],
  omissions: [],
};
let tell: (progress: ExportProgress) => void = () => {};

beforeEach(() => {
  localStorage.clear();
  ipc.overview.mockResolvedValue({
    days: [{ date: "2025-05-22", shown: 2, total: 2, answered: 0 }],
    shown: 2,
    total: 2,
    empty: 0,
    drafts: 0,
    no_model: 0,
    categories: [{ category: "Backend", total: 2, answered: 0 }],
    posts: [],
  });
  ipc.onChanged.mockResolvedValue(() => {});
  ipc.pickExportPath.mockResolvedValue("/x.pdf");
  ipc.previewPdf.mockResolvedValue({ number: 1, preview: VIEW });
  ipc.pagePicture.mockResolvedValue("data:image/png;base64,AA==");
  ipc.closePreview.mockResolvedValue(null);
  ipc.saveSettings.mockResolvedValue(null);
  Element.prototype.scrollIntoView = () => {};
  Object.assign(settings, { print: {} });
  ipc.onExportProgress.mockImplementation((handle: typeof tell) => {
    tell = handle;
    return Promise.resolve(() => {});
  });
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

const run = () => fireEvent.click(screen.getByTestId("export-run"));

describe("export dialog", () => {
  it("writes what was chosen and shows what came of it", async () => {
    ipc.exportPdf.mockResolvedValue(RESULT);
    render(ExportDialog);
    await fireEvent.click(screen.getByTestId("export-layout-practice"));
    await run();
    await waitFor(() => screen.getByTestId("export-result"));
    expect(ipc.exportPdf).toHaveBeenCalledWith(
      expect.objectContaining({
        out: "/x.pdf",
        options: expect.objectContaining({ answers: "ruled", models: false, hints: true }),
      }),
      false,
    );
    const shown = screen.getByTestId("export-result").textContent ?? "";
    for (const words of ["2문제, 5쪽, 1.2 MB", "넣지 못한 것 1개", "그림이 없습니다"])
      expect(shown).toContain(words);
  });

  it("shows progress and can be stopped", async () => {
    let reject: (error: unknown) => void = () => {};
    ipc.exportPdf.mockReturnValue(
      new Promise((_, no) => {
        reject = no;
      }),
    );
    ipc.cancelExport.mockImplementation(() => {
      reject(new IpcError({ code: "cancelled", message: "cancelled", path: null, line: null }));
      return Promise.resolve(null);
    });
    render(ExportDialog);
    await run();
    await waitFor(() => screen.getByRole("progressbar"));
    await waitFor(() => expect(ipc.exportPdf).toHaveBeenCalled());
    tell({ stage: "typeset", done: 1, of: 2 });
    await waitFor(() =>
      expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("53"),
    );
    tell({ stage: "typeset", done: 0, of: 1 });
    await waitFor(() =>
      expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBeNull(),
    );
    await fireEvent.click(screen.getByTestId("export-stop"));
    await waitFor(() =>
      expect(screen.getAllByRole("status").at(-1)?.textContent).toContain("멈추었습니다"),
    );
    screen.getByTestId("export-run");
  });

  it("does nothing where no file was picked, and asks for none while the form lacks something", async () => {
    ipc.pickExportPath.mockResolvedValue(null);
    render(ExportDialog);
    await run();
    expect(ipc.exportPdf).not.toHaveBeenCalled();
    ipc.pickExportPath.mockClear();
    await fireEvent.click(screen.getByTestId("export-scope-search"));
    await run();
    expect(screen.getByRole("alert").textContent).toContain("찾을 말");
    expect(ipc.pickExportPath).not.toHaveBeenCalled();
  });
});

describe("pages in the dialog", () => {
  const asked = () => ipc.previewPdf.mock.calls.map(([request]) => request);
  const pages = () => screen.getAllByRole("img").map((page) => page.getAttribute("aria-label"));
  const fails = (code: "cancelled" | "nothing_selected" | "internal") =>
    new IpcError({ code, message: "no room", path: null, line: null });

  it("shows the pages with their names, and how many there are", async () => {
    render(ExportDialog);
    await waitFor(() => screen.getByTestId("export-paper"));
    expect(asked()).toMatchObject([{ most: 10, export: { selection: { entries: [] } } }]);
    expect(pages()).toEqual([
      "3쪽 가운데 1쪽",
      "3쪽 가운데 2쪽: 5월 22일 목요일, 락이란?",
      "3쪽 가운데 3쪽",
    ]);
    expect(screen.getByTestId("export-amount").textContent).toBe("2문제, 3쪽");
    await waitFor(() =>
      expect(document.querySelector('.a4[data-page="1"] img')?.getAttribute("src")).toContain(
        "png",
      ),
    );
  });

  it("shows the first pages, then all of them", async () => {
    let whole: (answer: unknown) => void = () => {};
    const beginning = { ...VIEW, entries: 100, pages: [PAGE] };
    ipc.previewPdf.mockResolvedValueOnce({ number: 1, preview: beginning }).mockReturnValueOnce(
      new Promise((resolve) => {
        whole = resolve;
      }),
    );
    render(ExportDialog);
    await waitFor(() => expect(pages()).toHaveLength(1));
    expect(screen.getByTestId("export-amount").textContent).toBe("100문제, 쪽을 세는 중");
    whole({ number: 2, preview: { ...VIEW, entries: 100, shown: 100 } });
    await waitFor(() => expect(pages()).toHaveLength(3));
    expect(asked().map(({ most }) => most)).toEqual([10, 500]);
    expect(screen.getByTestId("export-amount").textContent).toBe("100문제, 3쪽");
  });

  it("says where only a beginning is looked at", async () => {
    ipc.previewPdf.mockResolvedValue({
      number: 1,
      preview: { ...VIEW, entries: 70_000, shown: 500 },
    });
    render(ExportDialog);
    await waitFor(() =>
      expect(screen.getByTestId("export-amount").textContent).toBe(
        "70,000문제, 앞 500문제만 미리 봄",
      ),
    );
  });

  it("counts posts where the book has no questions", async () => {
    const whole = { ...VIEW, entries: 0, articles: 3, shown: 3 };
    ipc.previewPdf.mockResolvedValue({ number: 1, preview: whole });
    render(ExportDialog);
    const amount = () => screen.getByTestId("export-amount").textContent;
    await waitFor(() => expect(amount()).toBe("글 3편, 3쪽"));
    // All are there at once, so nothing more is asked for.
    expect(asked()).toHaveLength(1);
  });

  it("asks for other pages when an option changes, and drops what comes late", async () => {
    let late: (answer: unknown) => void = () => {};
    ipc.previewPdf.mockReturnValueOnce(
      new Promise((resolve) => {
        late = resolve;
      }),
    );
    render(ExportDialog);
    await waitFor(() => expect(asked()).toHaveLength(1));
    await fireEvent.click(screen.getByTestId("export-cover"));
    await waitFor(() => expect(pages()).toHaveLength(3));
    expect(asked()[1]).toMatchObject({ export: { options: { cover: false } } });
    late({ number: 9, preview: { ...VIEW, pages: [PAGE] } });
    await Promise.resolve();
    expect(pages()).toHaveLength(3);
  });

  it("shows the pages anew when a post changes", async () => {
    let change: () => void = () => {};
    ipc.onChanged.mockImplementation(async (told: () => void) => {
      change = told;
      return () => {};
    });
    render(ExportDialog);
    await waitFor(() => expect(pages()).toHaveLength(3));
    ipc.previewPdf.mockResolvedValue({ number: 2, preview: { ...VIEW, pages: [PAGE] } });
    change();
    await waitFor(() => expect(pages()).toHaveLength(1));
  });

  it("goes through the pages by keys", async () => {
    render(ExportDialog);
    const list = await waitFor(() => screen.getByTestId("export-thumbs"));
    const selected = () =>
      [...list.querySelectorAll('[role="option"]')].findIndex(
        (option) => option.getAttribute("aria-selected") === "true",
      );
    for (const [key, page] of [
      ["ArrowDown", 1],
      ["End", 2],
      ["ArrowDown", 2],
      ["ArrowUp", 1],
      ["Home", 0],
      ["PageDown", 2],
    ] as const) {
      await fireEvent.keyDown(list, { key });
      expect(selected(), key).toBe(page);
    }
    const id = list.getAttribute("aria-activedescendant") ?? "";
    expect(document.getElementById(id)?.getAttribute("aria-posinset")).toBe("3");
  });

  it("says why there are no pages, and tries again", async () => {
    ipc.previewPdf.mockRejectedValueOnce(fails("internal"));
    render(ExportDialog);
    await waitFor(() => screen.getByTestId("export-preview-again"));
    expect(screen.getByRole("alert").textContent).toContain("미리 볼 쪽을 만들지 못했습니다");
    await fireEvent.click(screen.getByTestId("export-preview-again"));
    await waitFor(() => expect(pages()).toHaveLength(3));
  });

  it("says that nothing is chosen, and that something is missing", async () => {
    ipc.previewPdf.mockRejectedValueOnce(fails("nothing_selected"));
    render(ExportDialog);
    await waitFor(() => screen.getByTestId("export-preview-error"));
    await fireEvent.click(screen.getByTestId("export-scope-search"));
    screen.getByTestId("export-preview-lack");
  });

  it("remembers how it was printed", async () => {
    ipc.exportPdf.mockResolvedValue(RESULT);
    render(ExportDialog);
    await fireEvent.click(screen.getByTestId("export-grey"));
    await fireEvent.change(screen.getByTestId("export-paper-size"), { target: { value: "a5" } });
    await fireEvent.input(screen.getByTestId("export-title"), { target: { value: "책" } });
    await run();
    await waitFor(() => screen.getByTestId("export-result"));
    expect(ipc.saveSettings).toHaveBeenCalledWith(
      expect.objectContaining({
        print: expect.objectContaining({ grey: true, paper: "a5", title: null }),
      }),
    );
    expect(ipc.closePreview).toHaveBeenCalled();
    cleanup();
    render(ExportDialog);
    expect((screen.getByTestId("export-grey") as HTMLInputElement).checked).toBe(true);
  });
});
