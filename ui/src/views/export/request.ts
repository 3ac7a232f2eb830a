import type { EntryPage, ExportRequest, SelectionRequest } from "../../ipc/client";
import { readDay } from "./day";
import { type PrintForm, printOptions } from "./options";

/** Which entries go into the file. */
export type Scope = "entry" | "day" | "range" | "category" | "search" | "post" | "all";

/** What the form holds. */
export interface ExportForm {
  readonly scope: Scope;
  readonly entry: string | null;
  /** `YYYY-MM-DD`, of the entry. */
  readonly day: string | null;
  /** As typed; {@link readDay} reads it. */
  readonly from: string;
  readonly to: string;
  readonly category: string;
  readonly query: string;
  /** Path of the open post, or of the open entry's. */
  readonly post: string | null;
  readonly print: PrintForm;
}

/** Why a form cannot be exported yet. */
export type Lack = "range_order" | "range_empty" | "day_unknown" | "category_empty" | "query_empty";

/** What keeps `form` from being exported; none if nothing does. */
export function lack(form: ExportForm): Lack | null {
  if (form.scope === "range") {
    const days = [form.from, form.to].filter((day) => day.trim() !== "");
    const [first, last] = days.map(readDay);
    if (first === undefined) return "range_empty";
    if (first === null || last === null) return "day_unknown";
    if (last !== undefined && first > last) return "range_order";
  }
  if (form.scope === "category" && form.category === "") return "category_empty";
  if (form.scope === "search" && form.query.trim() === "") return "query_empty";
  return null;
}

/** The selection `form` describes. */
export function selection(form: ExportForm): SelectionRequest {
  const all: SelectionRequest = {
    entries: [],
    from: null,
    to: null,
    category: null,
    search: null,
    post: null,
  };
  switch (form.scope) {
    case "entry":
      return { ...all, entries: form.entry === null ? [] : [form.entry] };
    case "day":
      return { ...all, from: form.day, to: form.day };
    case "range":
      return { ...all, from: readDay(form.from), to: readDay(form.to) };
    case "category":
      return { ...all, category: form.category };
    case "search":
      return { ...all, search: form.query.trim() };
    case "post":
      return { ...all, post: form.post };
    case "all":
      return all;
  }
}

/** The request that writes `form` to `out`. */
export function request(form: ExportForm, out: string): ExportRequest {
  return { selection: selection(form), options: printOptions(form.print), out };
}

/** A file name for `form`; `stem` is the notebook's name. Signs no system takes become hyphens. */
export function fileName(form: ExportForm, stem: string): string {
  const what = {
    entry: form.day ?? "",
    day: form.day ?? "",
    range: [form.from, form.to].flatMap((day) => readDay(day) ?? []).join("~"),
    category: form.category,
    search: form.query.trim(),
    post: (form.post?.split("/").at(-1) ?? "").replace(/\.[^.]*$/u, ""),
    all: "",
  }[form.scope];
  // The name of a post says all there is to say.
  const name = (form.scope === "post" ? [what] : [stem, what])
    .filter((part) => part !== "")
    .join(" ");
  const safe = [...name]
    .map((letter) => (/[\\/:*?"<>|]/u.test(letter) || letter < " " ? "-" : letter))
    .join("");
  return `${safe.trim().slice(0, 120)}.pdf`;
}

/** The form as the dialog opens: what was asked for, else the open entry, else everything. */
export function firstForm(
  page: EntryPage | null,
  asked: SelectionRequest | null,
  query: string,
  post: string | null,
  print: PrintForm,
): ExportForm {
  const form: ExportForm = {
    scope: page ? "entry" : post !== null ? "post" : "all",
    entry: page?.entry.id ?? null,
    day: page?.entry.date ?? null,
    from: "",
    to: "",
    category: page?.entry.categories[0] ?? "",
    query,
    post: post ?? page?.path ?? null,
    print,
  };
  if (!asked) return form;
  const [entry] = asked.entries;
  if (entry !== undefined) return { ...form, scope: "entry", entry };
  if (asked.search !== null) return { ...form, scope: "search", query: asked.search };
  if (asked.category !== null) return { ...form, scope: "category", category: asked.category };
  if (asked.post !== null) return { ...form, scope: "post", post: asked.post };
  if (asked.from === null && asked.to === null) return { ...form, scope: "all" };
  if (asked.from === asked.to) return { ...form, scope: "day", day: asked.from };
  return { ...form, scope: "range", from: asked.from ?? "", to: asked.to ?? "" };
}
