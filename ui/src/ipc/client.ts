// The only door to the backend: every call returns its data or throws an `IpcError`.

import { getCurrentWindow } from "@tauri-apps/api/window";
import { commands, events } from "./bindings";
import type {
  AddAllRequest,
  AddDayRequest,
  AddPictureRequest,
  AddPostRequest,
  AddRequest,
  AnswerVersionsRequest,
  ApiError,
  AsideRequest,
  Asked,
  Bookmark,
  Breaking,
  Change,
  CompareRequest,
  CompletionRequest,
  ConvertRequest,
  DeleteRequest,
  DraftRequest,
  Dropped,
  EditRequest,
  ErrorCode,
  ExportProgress,
  ExportRequest,
  HistoryRequest,
  ListFilter,
  LostRequest,
  MatchesRequest,
  MenuGroup,
  MenuWords,
  MoveRequest,
  PasteRequest,
  PreviewRequest,
  RestoreRequest,
  SaveAnswerRequest,
  SaveSourceRequest,
  SearchRequest,
  SettingsView,
  SettleRequest,
  SynonymsRequest,
  TermRequest,
  WatchingView,
} from "./types";

export type * from "./types";

/** What the backend says when a command fails. */
export class IpcError extends Error {
  readonly code: ErrorCode;
  readonly path: string | null;
  readonly line: number | null;
  /** What in a text makes it break its post. */
  readonly breaking: Breaking | null;

  constructor(error: ApiError) {
    super(error.message);
    this.name = "IpcError";
    this.code = error.code;
    this.path = error.path;
    this.line = error.line;
    this.breaking = error.breaking ?? null;
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

/** The data of a command's answer, or its error thrown. */
async function data<T>(
  answer: Promise<{ status: "ok"; data: T } | { status: "error"; error: ApiError }>,
): Promise<T> {
  const answered = await answer.catch((error: unknown) => {
    throw asIpcError(error);
  });
  if (answered.status === "ok") return answered.data;
  throw asIpcError(answered.error);
}

export const startup = () => data(commands.startup());
/** Notes that the first page is on the screen and takes input. */
export const ready = (marks: [string, number][]) => data(commands.ready(marks));
export const openFolder = (folder: string) => data(commands.openFolder(folder));
export const pickFolder = () => data(commands.pickFolder());
export const openSample = () => data(commands.openSample());
/** Goes where the last other start of the program wants to; null if another call has. */
export const arrive = () => data(commands.arrive());
/** Folders that were opened before, the last one first. */
export const libraries = () => data(commands.libraries());
export const forgetLibrary = (folder: string) => data(commands.forgetLibrary(folder));
export const keepBookmark = (bookmark: Bookmark) => data(commands.keepBookmark(bookmark));
/** Where the user was in the open folder when it was left. */
export const bookmark = () => data(commands.bookmark());
/** The `dapanji://` link to an entry of the open folder. */
export const entryLink = (id: string) => data(commands.entryLink(id));
export const setMenu = (groups: MenuGroup[], words: MenuWords, shown: boolean) =>
  data(commands.setMenu(groups, words, shown));
/** Says which commands of the menus can run. */
export const enableCommands = (ids: string[]) => data(commands.enableCommands(ids));
export const overview = (filter: ListFilter) => data(commands.overview(filter));
export const rows = (filter: ListFilter, start: number, count: number) =>
  data(commands.rows(filter, start, count));
export const today = () => data(commands.today());
export const entry = (id: string) => data(commands.entry(id));
/** A post whole, section by section. */
export const post = (path: string) => data(commands.post(path));
export const saveAnswer = (request: SaveAnswerRequest) => data(commands.saveAnswer(request));
/** A picture of the folder as a `data:` URL; null where there is none to show. */
export const picture = (post: string, address: string) => data(commands.picture(post, address));
export const addPicture = (request: AddPictureRequest) => data(commands.addPicture(request));
export const droppedFile = (nth: number) => data(commands.droppedFile(nth));
/** A post as a text. */
export const source = (path: string) => data(commands.source(path));
export const saveSource = (request: SaveSourceRequest) => data(commands.saveSource(request));
/** Keeps a text that is being written; it is on the disk when this resolves. */
export const keepDraft = (request: DraftRequest) => data(commands.keepDraft(request));
export const dropDraft = (key: string) => data(commands.dropDraft(key));
/** The texts that are in no post, the newest first. */
export const drafts = () => data(commands.drafts());
export const addQuestion = (request: AddRequest) => data(commands.addQuestion(request));
/** Reads the questions of a pasted text. */
export const readPaste = (request: PasteRequest) => data(commands.readPaste(request));
/** Adds several questions, all of them or none. */
export const addAll = (request: AddAllRequest) => data(commands.addAll(request));
/** Changes parts of an entry other than the answer. */
export const edit = (request: EditRequest) => data(commands.edit(request));
export const moveEntry = (request: MoveRequest) => data(commands.moveEntry(request));
export const deleteEntry = (request: DeleteRequest) => data(commands.deleteEntry(request));
export const addDay = (request: AddDayRequest) => data(commands.addDay(request));
export const addPost = (request: AddPostRequest) => data(commands.addPost(request));
/** Chooses between two versions that git left in a post. */
export const settle = (request: SettleRequest) => data(commands.settle(request));
/** Tells what may have become of a question that is in no post any more. */
export const lost = (request: LostRequest) => data(commands.lost(request));
/** Rewrites a post as UTF-8. */
export const convert = (request: ConvertRequest) => data(commands.convert(request));
export const render = (markdown: string) => data(commands.render(markdown));
export const search = (request: SearchRequest) => data(commands.search(request));
/** Ways to complete the operator or value at the caret. */
export const completeQuery = (request: CompletionRequest) => data(commands.completeQuery(request));
/** Every place of an entry, or of a post's sections, that matches a query. */
export const findMatches = (request: MatchesRequest) => data(commands.findMatches(request));
export const compare = (request: CompareRequest) => data(commands.compare(request));
/** Two versions of an answer side by side, and what each had of the model answer. */
export const answerVersions = (request: AnswerVersionsRequest) =>
  data(commands.answerVersions(request));
/** Decides about a key term of an entry. */
export const decideTerm = (request: TermRequest) => data(commands.decideTerm(request));
/** Says that names mean one thing in this notebook, or that they do not. */
export const setSynonyms = (request: SynonymsRequest) => data(commands.setSynonyms(request));
/** Keeps whom the model answer was for that is looked at. */
export const rememberAudience = (audience: string) => data(commands.rememberAudience(audience));
export const check = () => data(commands.check());
/** Versions that were replaced, the newest first. */
export const history = (request: HistoryRequest) => data(commands.history(request));
/** A version beside the text of now. */
export const version = (id: string) => data(commands.version({ id }));
/** Puts a version back, or one part of it. */
export const restore = (request: RestoreRequest) => data(commands.restore(request));
/** Keeps a text that the user drops in the history of its entry. */
export const keepAside = (request: AsideRequest) => data(commands.keepAside(request));
export const pickExportPath = (suggested: string) => data(commands.pickExportPath(suggested));
/** `english`: the language of what the program itself writes into the PDF. */
export const exportPdf = (request: ExportRequest, english: boolean) =>
  data(commands.exportPdf(request, english));
export const cancelExport = () => data(commands.cancelExport());
/** Lays pages out to be looked at; earlier calls that still run end as `cancelled`. */
export const previewPdf = (request: PreviewRequest, english: boolean) =>
  data(commands.previewPdf(request, english));
/** A page of a preview, counted from zero, about `width` pixels wide, as an address for an image. */
export const pagePicture = (number: number, page: number, width: number) =>
  data(commands.pagePicture(number, page, width));
export const closePreview = () => data(commands.closePreview());
/** Opens the PDF written last. */
export const openExported = () => data(commands.openExported());
/** Shows the PDF written last in its folder. */
export const showExported = () => data(commands.showExported());
/** Opens a web or mail address outside. */
export const openLink = (url: string) => data(commands.openLink(url));
export const saveSettings = (settings: SettingsView) => data(commands.saveSettings(settings));

/** Stops listening. */
export type Unlisten = () => void;

export const onChanged = (handle: (change: Change) => void): Promise<Unlisten> =>
  events.changed.listen(({ payload }) => handle(payload));
export const onWatchingChanged = (handle: (watching: WatchingView) => void): Promise<Unlisten> =>
  events.watchingChanged.listen(({ payload }) => handle(payload));
/** Hears that the whole folder is gone (`false`) or back. */
export const onFolderThere = (handle: (there: boolean) => void): Promise<Unlisten> =>
  events.folderThere.listen(({ payload }) => handle(payload));
/** Hears that another start, a link or a dragged folder wants to be shown. */
export const onAsked = (handle: (asked: Asked) => void): Promise<Unlisten> =>
  events.asked.listen(({ payload }) => handle(payload));
/** Hears that files of another program were dropped where the engine does not hand them to the page. */
export const onDropped = (handle: (dropped: Dropped) => void): Promise<Unlisten> =>
  events.dropped.listen(({ payload }) => handle(payload));
/** Hears which command was chosen in a menu of the system. */
export const onMenuChosen = (handle: (id: string) => void): Promise<Unlisten> =>
  events.menuChosen.listen(({ payload }) => handle(payload));
export const onExportProgress = (handle: (progress: ExportProgress) => void): Promise<Unlisten> =>
  events.exportProgress.listen(({ payload }) => handle(payload));

/** `leave` is asked before the window closes; it stays open if the answer is false. */
export const onClose = (leave: () => Promise<boolean>): Promise<Unlisten> =>
  getCurrentWindow().onCloseRequested(async (event) => {
    if (!(await leave())) event.preventDefault();
  });
