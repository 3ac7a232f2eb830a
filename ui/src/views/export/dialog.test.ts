import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ExportProgress, type ExportView, IpcError } from "../../ipc/client";
import ExportDialog from "../ExportDialog.svelte";

const ipc = vi.hoisted(() => ({
  overview: vi.fn(),
  pickExportPath: vi.fn(),
  exportPdf: vi.fn(),
  cancelExport: vi.fn(),
  onExportProgress: vi.fn(),
}));
vi.mock("../../ipc/client", async (original) => ({ ...(await original<object>()), ...ipc }));

const RESULT: ExportView = {
  out: "/x.pdf",
  pages: 5,
  entries: 2,
  bytes: 1_234_567,
  omissions: ["그림이 없습니다"],
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
  ipc.pickExportPath.mockResolvedValue("/x.pdf");
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
    await fireEvent.click(screen.getByTestId("export-stop"));
    await waitFor(() => expect(screen.getByRole("status").textContent).toContain("멈추었습니다"));
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
