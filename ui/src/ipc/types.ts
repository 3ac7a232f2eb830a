// The shapes of the backend's answers and requests. Offsets are UTF-16 code units.

export type AnswerState = "empty" | "draft" | "written";
export type ModelState = "none" | "placeholder" | "written";
export type Part = "question" | "answer" | "model_answer" | "hint" | "section";
export type TermState = "said" | "partly" | "missing";
export type FlagKind = "number" | "negation" | "opposite";
export type AnswerFilter = "empty" | "draft" | "no_model";

export interface AnswerView {
  state: AnswerState;
  text: string;
}

export interface VariantView {
  audience: string | null;
  text: string;
}

export interface ModelAnswerView {
  state: ModelState;
  variants: VariantView[];
}

export interface SectionView {
  title: string;
  text: string;
}

export interface EntryView {
  id: string;
  question: string;
  date: string | null;
  categories: string[];
  topic: string | null;
  hint: string | null;
  line: number;
  answer: AnswerView;
  model_answer: ModelAnswerView;
  sections: SectionView[];
}

export interface SearchRequest {
  query: string;
  limit: number;
}

export interface HitView {
  entry: string | null;
  path: string;
  line: number;
  date: string | null;
  question: string;
  categories: string[];
  state: AnswerState | null;
  part: Part;
  score: number;
  snippet: string;
  highlights: [number, number][];
}

export interface SearchView {
  query: string;
  interpreted: string[];
  total: number;
  took_us: number;
  hits: HitView[];
}

export interface CompareRequest {
  entry: string;
  audience: string | null;
  answer: string | null;
}

export interface TermView {
  term: string;
  aliases: string[];
  state: TermState;
  in_answer: [number, number][];
  in_model: [number, number][];
}

export interface SentenceView {
  model: string;
  answer: string | null;
  similarity: number;
  in_model: [number, number];
  in_answer: [number, number] | null;
}

export interface FlagView {
  kind: FlagKind;
  model: string;
  answer: string;
}

export interface CompareView {
  entry: string;
  audience: string | null;
  model_state: ModelState;
  answer_state: AnswerState;
  answer_text: string;
  model_text: string;
  terms: TermView[];
  extra_terms: string[];
  sentences: SentenceView[];
  flags: FlagView[];
}

export interface SaveAnswerRequest {
  entry: string;
  text: string;
  base: string | null;
  base_answer: string | null;
}

export interface SavedView {
  entry: string;
  path: string;
  revision: string;
}

export interface AddRequest {
  question: string;
  post: string | null;
  date: string | null;
  category: string | null;
  topic: string | null;
  hint: string | null;
  model_answer: string | null;
}

export interface SelectionRequest {
  entries: string[];
  from: string | null;
  to: string | null;
  category: string | null;
  search: string | null;
  post: string | null;
}

export interface ExportRequest {
  selection: SelectionRequest;
  without_hint: boolean;
  without_answer: boolean;
  without_model: boolean;
  side_by_side: boolean;
  out: string;
}

export interface ExportView {
  out: string;
  pages: number;
  entries: number;
  bytes: number;
  omissions: string[];
}

export interface ExportProgress {
  stage: "read" | "typeset" | "write";
  done: number;
  of: number;
}

export interface PlacedDiagnosticView {
  path: string;
  line: number;
  code: string;
  message: string;
}

export interface CheckView {
  posts: number;
  diagnostics: PlacedDiagnosticView[];
}

export interface Change {
  changed: string[];
  removed: string[];
}

export interface ListFilter {
  state: AnswerFilter | null;
  category: string | null;
}

export interface DayHead {
  date: string | null;
  shown: number;
  total: number;
  answered: number;
}

export interface CategoryCount {
  category: string;
  total: number;
  answered: number;
}

export interface PostRow {
  path: string;
  title: string;
  entries: number;
  unreadable: string | null;
}

export interface Overview {
  days: DayHead[];
  shown: number;
  total: number;
  empty: number;
  drafts: number;
  no_model: number;
  categories: CategoryCount[];
  posts: PostRow[];
}

export interface EntryRow {
  id: string;
  date: string | null;
  number: number;
  question: string;
  categories: string[];
  topic: string | null;
  state: AnswerState;
  model_state: ModelState;
  path: string;
}

export interface EntryPage {
  entry: EntryView;
  path: string;
  post_title: string;
  revision: string;
  number: number;
  hint_html: string | null;
  model_html: string[];
  sections_html: string[];
  previous: string | null;
  next: string | null;
}

export interface DayCount {
  date: string;
  count: number;
}

export interface TodayView {
  today: string;
  entries: EntryRow[];
  entries_date: string | null;
  drafts: EntryRow[];
  streak_days: number;
  week: DayCount[];
  heat: DayCount[];
  categories: CategoryCount[];
}

export interface OpenedView {
  name: string;
  folder: string;
  sample: boolean;
}

export interface SettingsView {
  theme: "system" | "light" | "dark";
  contrast: "system" | "more" | "normal";
  motion: "system" | "reduced" | "full";
  text_scale: number;
  language: "system" | "ko" | "en";
  print_font: boolean;
  ruling: boolean;
}

export interface StartupView {
  opened: OpenedView | null;
  /** Why the folder asked for, or the last one, could not be opened. */
  failed: ApiError | null;
  entry: string | null;
  settings: SettingsView;
  recent: string[];
  language: "ko" | "en";
}

export type ErrorCode =
  | "folder_missing"
  | "folder_unreadable"
  | "not_a_post"
  | "unreadable"
  | "not_utf8"
  | "too_large"
  | "unknown_entry"
  | "ambiguous_entry"
  | "conflict"
  | "breaks_structure"
  | "read_only"
  | "write_failed"
  | "invalid_request"
  | "nothing_selected"
  | "cancelled"
  | "internal";

export interface ApiError {
  code: ErrorCode;
  message: string;
  path: string | null;
  line: number | null;
}
