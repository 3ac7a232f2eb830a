import { describe, expect, it } from "vitest";
import { printForm, printOptions, remembered } from "./options";
import { type ExportForm, fileName, firstForm, lack, request } from "./request";

const PRINT = printForm({});
const FORM: ExportForm = {
  scope: "all",
  entry: "e1",
  day: "2025-05-21",
  from: "2025-05-15",
  to: "2025-05-22",
  category: "Backend",
  query: "락",
  post: "_posts/2025-05-15-매일 답하기.md",
  print: PRINT,
};
const all = { entries: [], from: null, to: null, category: null, search: null, post: null };

describe("export request", () => {
  it("asks for what the scope names and nothing else", () => {
    const of = (scope: ExportForm["scope"]) => request({ ...FORM, scope }, "/x.pdf").selection;
    expect(of("entry")).toEqual({ ...all, entries: ["e1"] });
    expect(of("day")).toEqual({ ...all, from: "2025-05-21", to: "2025-05-21" });
    expect(of("range")).toEqual({ ...all, from: "2025-05-15", to: "2025-05-22" });
    expect(of("category")).toEqual({ ...all, category: "Backend" });
    expect(of("search")).toEqual({ ...all, search: "락" });
    expect(of("post")).toEqual({ ...all, post: FORM.post });
    expect(of("all")).toEqual(all);
  });

  it("leaves answers and model answers out of a practice sheet", () => {
    const check = (part: Partial<typeof PRINT>, expected: object): void =>
      expect(printOptions({ ...PRINT, ...part })).toMatchObject(expected);
    check({}, { columns: "one", answers: "printed", hints: true, models: true, sections: true });
    check({ layout: "side", model: false }, { columns: "two", answers: "printed", models: false });
    check({ answer: false }, { answers: "left" });
    check(
      { layout: "practice", ruledLines: 20 },
      { columns: "one", answers: "ruled", ruled_lines: 20, models: false, sections: false },
    );
    check(
      { layout: "compare", answer: false, model: false },
      { columns: "two", answers: "compared", models: true },
    );
    check({ title: " 책 ", author: " " }, { title: "책", author: null });
  });

  it("remembers all but the title", () => {
    for (const layout of ["column", "side", "compare", "practice"] as const) {
      const form = { ...PRINT, layout, textSize: 10.5, grey: true, audience: "[신입]" };
      expect(printForm(remembered({ ...form, title: "책" }))).toEqual(form);
    }
  });

  it("says what a form lacks", () => {
    const check = (part: Partial<ExportForm>, expected: string | null): void =>
      expect(lack({ ...FORM, ...part })).toBe(expected);
    check({}, null);
    check({ scope: "range" }, null);
    check({ scope: "range", to: "" }, null);
    check({ scope: "range", from: "", to: "" }, "range_empty");
    check({ scope: "range", from: "2025-02-30" }, "day_unknown");
    check({ scope: "range", to: "5월" }, "day_unknown");
    check({ scope: "range", from: "2025. 5. 15." }, null);
    check({ scope: "range", from: "2025-06-01" }, "range_order");
    check({ scope: "category", category: "" }, "category_empty");
    check({ scope: "search", query: " " }, "query_empty");
  });

  it("opens with what was asked for", () => {
    expect(firstForm(null, null, "", null, PRINT).scope).toBe("all");
    expect(
      firstForm(null, { ...all, from: "2025-05-21", to: "2025-05-21" }, "", null, PRINT),
    ).toMatchObject({
      scope: "day",
      day: "2025-05-21",
    });
    expect(firstForm(null, { ...all, from: "2025-05-15" }, "", null, PRINT)).toMatchObject({
      scope: "range",
      from: "2025-05-15",
      to: "",
    });
    expect(firstForm(null, { ...all, search: "락" }, "", null, PRINT)).toMatchObject({
      scope: "search",
      query: "락",
    });
    expect(firstForm(null, { ...all, entries: ["x"] }, "", null, PRINT)).toMatchObject({
      scope: "entry",
      entry: "x",
    });
  });

  it("opens with the post that is read", () => {
    const read = firstForm(null, null, "", "책.md", PRINT);
    expect(read).toMatchObject({ scope: "post", post: "책.md" });
  });

  it("names the file after what is in it", () => {
    const check = (part: Partial<ExportForm>, expected: string): void =>
      expect(fileName({ ...FORM, ...part }, "매일 면접")).toBe(expected);
    check({}, "매일 면접.pdf");
    check({ scope: "range" }, "매일 면접 2025-05-15~2025-05-22.pdf");
    check({ scope: "post" }, "2025-05-15-매일 답하기.pdf");
    check({ scope: "search", query: 'date:2025 "a/b"' }, "매일 면접 date-2025 -a-b-.pdf");
  });
});
