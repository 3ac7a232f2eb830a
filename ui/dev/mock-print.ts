// Pages and PDFs of the mock: sheets with the questions' words on them, drawn as SVG.

import type { ExportOptions, ExportRequest, PreviewRequest } from "../src/ipc/types";
import { entries, fail, query } from "./mock-book";
import type { MockEntry } from "./mock-data";
import { emit } from "./mock-event";

const papers = { a4: [595, 842], letter: [612, 792], a5: [420, 595] } as const;

interface Sheet {
  headings: string[];
  svg: string;
}

let cancelled = false;
let number = 0;
let sheets: Sheet[] = [];

function chosen({ selection }: ExportRequest): MockEntry[] {
  return entries
    .filter(
      (one) =>
        (selection.entries.length === 0 || selection.entries.includes(one.id)) &&
        (selection.from === null || (one.date ?? "") >= selection.from) &&
        (selection.to === null || (one.date ?? "9") <= selection.to) &&
        (selection.category === null || one.categories.includes(selection.category)) &&
        (selection.post === null || one.path === selection.post) &&
        (selection.search === null || one.question.includes(selection.search)),
    )
    .reverse();
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function lines(text: string, x: number, y: number, across: number, size: number): string {
  const room = Math.max(4, Math.floor(across / size));
  const letters = [...text.replaceAll("\n", " ")];
  const rows = Array.from({ length: Math.min(9, Math.ceil(letters.length / room)) }, (_, row) =>
    letters.slice(row * room, (row + 1) * room).join(""),
  );
  return rows
    .map(
      (row, at) =>
        `<text x="${x}" y="${y + at * size * 1.7}" font-size="${size}">${escaped(row)}</text>`,
    )
    .join("");
}

function sheet(one: MockEntry, options: ExportOptions): Sheet {
  const [width, height] = papers[options.paper ?? "a4"];
  const size = options.text_size ?? 10;
  const head = `문 ${one.number} ${one.question}`;
  const room = width - 120;
  const two = options.columns === "two";
  const mine =
    options.answers === "ruled"
      ? Array.from(
          { length: options.ruled_lines ?? 12 },
          (_, row) =>
            `<path d="M60 ${190 + row * 26}H${width - 60}" stroke="#c4ccd0" stroke-width=".6"/>`,
        ).join("")
      : lines(one.answer, 60, 190, two ? room / 2 - 12 : room, size);
  const theirs = options.models
    ? `<g fill="#ad3019">${lines(one.variants[0]?.text ?? "", two ? 60 + room / 2 : 60, two ? 190 : 420, two ? room / 2 - 12 : room, size)}</g>`
    : "";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Pretendard, sans-serif"><rect width="100%" height="100%" fill="#fff"/><g font-weight="700">${lines(head, 60, 90, room, size + 3)}</g>${mine}${theirs}</svg>`;
  return { headings: [head], svg };
}

function cover(options: ExportOptions): Sheet {
  const [width, height] = papers[options.paper ?? "a4"];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Pretendard, sans-serif"><rect width="100%" height="100%" fill="#fff"/><text x="80" y="220" font-size="26" font-weight="700">${escaped(options.title ?? "매일 기술 면접")}</text></svg>`;
  return { headings: [], svg };
}

function preview({ export: asked, most }: PreviewRequest) {
  if (query.has("nopages")) fail("internal", "cannot lay out the pages");
  const all = chosen(asked);
  if (all.length === 0) fail("nothing_selected", "nothing");
  const shown = all.slice(0, most);
  const options = asked.options ?? {};
  const [width, height] = papers[options.paper ?? "a4"];
  sheets = [
    ...(options.cover === false ? [] : [cover(options)]),
    ...shown.map((one) => sheet(one, options)),
  ];
  return {
    number: ++number,
    preview: {
      pages: sheets.map(({ headings }) => ({ width, height, headings })),
      shown: shown.length,
      entries: all.length,
      articles: 0,
      audiences: [
        ...new Set(shown.flatMap((one) => one.variants.flatMap((v) => v.audience ?? []))),
      ],
      omissions: all.length > 20 ? ["2025-05-19 문 2: 그림을 찾을 수 없음: images/deploy.png"] : [],
    },
  };
}

async function exportPdf(request: ExportRequest) {
  cancelled = false;
  const steps = [
    ["read", 10],
    ["typeset", 30],
    ["write", 5],
  ] as const;
  for (const [stage, of] of steps) {
    for (let done = 1; done <= of; done++) {
      await new Promise((resolve) => setTimeout(resolve, 45));
      if (cancelled) fail("cancelled", "cancelled");
      emit("export-progress", { stage, done, of });
    }
  }
  return {
    out: request.out,
    pages: 42,
    entries: 78,
    articles: 0,
    bytes: 1_204_331,
    omissions: ["2025-05-19 문 2: 그림 images/deploy.png을 찾지 못했습니다"],
  };
}

// biome-ignore lint/suspicious/noExplicitAny: arguments are as the caller typed them
export const printing: Record<string, (args: any) => unknown> = {
  preview_pdf: ({ request }) => preview(request),
  page_picture: ({ page }) =>
    `data:image/svg+xml,${encodeURIComponent(sheets[page]?.svg ?? fail("cancelled", "gone"))}`,
  close_preview: () => null,
  export_pdf: ({ request }) => exportPdf(request),
  cancel_export: () => {
    cancelled = true;
    return null;
  },
};
