// The only door to the backend: every call returns its data or throws an `IpcError`.

import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWindow } from "@tauri-apps/api/window";
import type {
  AddRequest,
  ApiError,
  Change,
  CheckView,
  CompareRequest,
  CompareView,
  EntryPage,
  EntryRow,
  ErrorCode,
  ExportProgress,
  ExportRequest,
  ExportView,
  ListFilter,
  OpenedView,
  Overview,
  SaveAnswerRequest,
  SavedView,
  SearchRequest,
  SearchView,
  SettingsView,
  StartupView,
  TodayView,
} from "./types";

export type * from "./types";

/** What the backend says when a command fails. */
export class IpcError extends Error {
  readonly code: ErrorCode;
  readonly path: string | null;
  readonly line: number | null;

  constructor(error: ApiError) {
    super(error.message);
    this.name = "IpcError";
    this.code = error.code;
    this.path = error.path;
    this.line = error.line;
  }
}

function isApiError(value: unknown): value is ApiError {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}

/** Any thrown value as an `IpcError`, so that callers branch on `code` alone. */
export function asIpcError(value: unknown): IpcError {
  if (value instanceof IpcError) return value;
  if (isApiError(value)) return new IpcError(value);
  const message = value instanceof Error ? value.message : String(value);
  return new IpcError({ code: "internal", message, path: null, line: null });
}

async function call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (error) {
    throw asIpcError(error);
  }
}

export const startup = () => call<StartupView>("startup");
export const openFolder = (folder: string) => call<OpenedView>("open_folder", { folder });
export const pickFolder = () => call<string | null>("pick_folder");
export const openSample = () => call<OpenedView>("open_sample");
export const overview = (filter: ListFilter) => call<Overview>("overview", { filter });
export const rows = (filter: ListFilter, start: number, count: number) =>
  call<EntryRow[]>("rows", { filter, start, count });
export const today = () => call<TodayView>("today");
export const entry = (id: string) => call<EntryPage>("entry", { id });
export const saveAnswer = (request: SaveAnswerRequest) =>
  call<SavedView>("save_answer", { request });
export const addQuestion = (request: AddRequest) => call<SavedView>("add_question", { request });
export const render = (markdown: string) => call<string>("render", { markdown });
export const search = (request: SearchRequest) => call<SearchView>("search", { request });
export const compare = (request: CompareRequest) => call<CompareView>("compare", { request });
export const check = () => call<CheckView>("check");
export const pickExportPath = (suggested: string) =>
  call<string | null>("pick_export_path", { suggested });
/** `english`: the language of what the program itself writes into the PDF. */
export const exportPdf = (request: ExportRequest, english: boolean) =>
  call<ExportView>("export_pdf", { request, english });
export const cancelExport = () => call<null>("cancel_export");
/** Opens the PDF written last. */
export const openExported = () => call<null>("open_exported");
/** Shows the PDF written last in its folder. */
export const showExported = () => call<null>("show_exported");
/** Opens a web or mail address outside. */
export const openLink = (url: string) => call<null>("open_link", { url });
export const saveSettings = (settings: SettingsView) => call<null>("save_settings", { settings });

/** Stops listening. */
export type Unlisten = () => void;

const on = <T>(event: string, handle: (payload: T) => void): Promise<Unlisten> =>
  listen<T>(event, ({ payload }) => handle(payload));

export const onChanged = (handle: (change: Change) => void) => on("changed", handle);
export const onExportProgress = (handle: (progress: ExportProgress) => void) =>
  on("export-progress", handle);
export const onOpenEntry = (handle: (id: string) => void) => on("open-entry", handle);

/** `leave` is asked before the window closes; it stays open if the answer is false. */
export const onClose = (leave: () => Promise<boolean>): Promise<Unlisten> =>
  getCurrentWindow().onCloseRequested(async (event) => {
    if (!(await leave())) event.preventDefault();
  });
