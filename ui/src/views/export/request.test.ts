import { describe, expect, it } from "vitest";
import { type ExportForm, fileName, firstForm, lack, request } from "./request";

const FORM: ExportForm = {
  scope: "all",
  entry: "e1",
  day: "2025-05-21",
  from: "2025-05-15",
  to: "2025-05-22",
  category: "Backend",
  query: "락",
  hint: true,
  answer: true,
  model: true,
  layout: "column",
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
    expect(of("all")).toEqual(all);
  });

  it("leaves answers and model answers out of a practice sheet", () => {
    const practice = request({ ...FORM, layout: "practice" }, "/x.pdf").options;
    expect(practice).toEqual({ hints: true, answers: "ruled", models: false, columns: "one" });
    const side = request({ ...FORM, layout: "side", model: false }, "/x.pdf").options;
    expect(side).toEqual({ hints: true, answers: "printed", models: false, columns: "two" });
    expect(request({ ...FORM, answer: false }, "/x.pdf").options?.answers).toBe("left");
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
    expect(firstForm(null, null, "").scope).toBe("all");
    expect(firstForm(null, { ...all, from: "2025-05-21", to: "2025-05-21" }, "")).toMatchObject({
      scope: "day",
      day: "2025-05-21",
    });
    expect(firstForm(null, { ...all, from: "2025-05-15" }, "")).toMatchObject({
      scope: "range",
      from: "2025-05-15",
      to: "",
    });
    expect(firstForm(null, { ...all, search: "락" }, "")).toMatchObject({
      scope: "search",
      query: "락",
    });
    expect(firstForm(null, { ...all, entries: ["x"] }, "")).toMatchObject({
      scope: "entry",
      entry: "x",
    });
  });

  it("names the file after what is in it", () => {
    const check = (part: Partial<ExportForm>, expected: string): void =>
      expect(fileName({ ...FORM, ...part }, "매일 면접")).toBe(expected);
    check({}, "매일 면접.pdf");
    check({ scope: "range" }, "매일 면접 2025-05-15~2025-05-22.pdf");
    check({ scope: "search", query: 'date:2025 "a/b"' }, "매일 면접 date-2025 -a-b-.pdf");
  });
});
