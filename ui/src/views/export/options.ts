import type { ExportOptions } from "../../ipc/client";

/** How own answer and model answer stand on the page. */
export type Layout = "column" | "side" | "compare" | "practice";

/** Sizes of text the dialog offers, in points. */
export const textSizes = [8, 9, 10, 10.5, 11, 12, 14] as const;

/** How pages are printed as the dialog asks for it: what a layout leaves out stays chosen for the others. */
export interface PrintForm {
  readonly layout: Layout;
  readonly hint: boolean;
  readonly answer: boolean;
  readonly model: boolean;
  /** The one audience whose model answers are printed; none prints those for all. */
  readonly audience: string | null;
  readonly sections: boolean;
  readonly pictures: boolean;
  readonly paper: Options["paper"];
  /** In points. */
  readonly textSize: number;
  /** For each answer of a practice sheet. */
  readonly ruledLines: number;
  readonly cover: boolean;
  readonly contents: boolean;
  readonly grey: boolean;
  readonly archive: boolean;
  /** Empty takes the one of the posts. */
  readonly title: string;
  /** Empty takes the one of the posts. */
  readonly author: string;
}

type Options = Required<ExportOptions>;

/** The whole of every entry in one column on A4: what stands for options that are not given. */
const usual: Options = {
  paper: "a4",
  columns: "one",
  text_size: 10,
  hints: true,
  answers: "printed",
  ruled_lines: 12,
  models: true,
  audience: null,
  sections: true,
  pictures: true,
  cover: true,
  contents: true,
  grey: false,
  archive: false,
  title: null,
  author: null,
};

/** The form that stands for `given`. */
export function printForm(given: ExportOptions): PrintForm {
  const options = { ...usual, ...given };
  const practice = options.answers === "ruled";
  const compare = options.answers === "compared";
  const side = options.columns === "two" ? "side" : "column";
  return {
    layout: practice ? "practice" : compare ? "compare" : side,
    hint: options.hints,
    answer: options.answers !== "left",
    model: options.models,
    audience: options.audience,
    sections: options.sections,
    pictures: options.pictures,
    paper: options.paper,
    textSize: options.text_size,
    ruledLines: options.ruled_lines,
    cover: options.cover,
    contents: options.contents,
    grey: options.grey,
    archive: options.archive,
    title: options.title ?? "",
    author: options.author ?? "",
  };
}

function answers(form: PrintForm): Options["answers"] {
  if (form.layout === "practice") return "ruled";
  if (form.layout === "compare") return "compared";
  return form.answer ? "printed" : "left";
}

/** What `form` asks for. */
export function printOptions(form: PrintForm): Options {
  const { layout } = form;
  const practice = layout === "practice";
  return {
    paper: form.paper,
    columns: layout === "side" || layout === "compare" ? "two" : "one",
    text_size: form.textSize,
    hints: form.hint,
    answers: answers(form),
    ruled_lines: form.ruledLines,
    // A practice sheet is to be filled in from memory; a comparison is of two.
    models: layout === "compare" || (form.model && !practice),
    audience: form.audience,
    sections: form.sections && !practice,
    pictures: form.pictures,
    cover: form.cover,
    contents: form.contents,
    grey: form.grey,
    archive: form.archive,
    title: form.title.trim() === "" ? null : form.title.trim(),
    author: form.author.trim() === "" ? null : form.author.trim(),
  };
}

/** What is remembered for the next time: a title belongs to one book. */
export function remembered(form: PrintForm): ExportOptions {
  return { ...printOptions(form), models: form.model, sections: form.sections, title: null };
}
