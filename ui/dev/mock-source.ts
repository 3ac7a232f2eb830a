// The mock's posts as texts: made of its entries, and kept as they were saved.

import type { SaveSourceRequest, SourceView } from "../src/ipc/types";
import { entries, readOnly, wrote } from "./mock-book";

const saved = new Map<string, { text: string; revision: number }>();

let pictures = 0;

function written(path: string): string {
  const own = entries.filter((one) => one.path === path);
  const blocks = own.map(
    ({ question, categories, topic, hint, answer }) =>
      `## ${question}\n> 카테고리: ${categories.join(", ")}, ${topic ?? ""}\n\n> 힌트: ${hint ?? ""}\n\n### 답변  \n${answer}\n\n> ##### 모범 답안\n> \n> | 락 | 언제 |\n> |:---|:-----|\n> | 낙관적 | 충돌이 드물 때 |\n{: .block-tip }\n`,
  );
  return `---\ntitle: 매일 면접 답변\ntags: [면접]\n---\n\n# ${own[0]?.date ?? ""}\n${blocks.join("\n")}`;
}

function view(path: string): SourceView {
  const kept = saved.get(path) ?? { text: written(path), revision: 1 };
  saved.set(path, kept);
  const { text } = kept;
  let from = 0;
  const own = entries.filter((one) => one.path === path);
  const places = own.map(({ id, question, answer }) => {
    const start = text.indexOf(`## ${question}`, from);
    const next = text.indexOf("\n## ", start + 1);
    const end = next < 0 ? text.length : next + 1;
    const at = text.indexOf(answer, text.indexOf("### 답변", start));
    from = start;
    return {
      id,
      span: [start, end] as [number, number],
      answer: [at, at + answer.length] as [number, number],
    };
  });
  return {
    path,
    title: "매일 면접 답변",
    date: null,
    revision: `r${kept.revision}`,
    read_only: readOnly(path),
    text,
    entries: places.filter(({ span, answer }) => span[0] >= 0 && answer[0] >= 0),
  };
}

/** Another program writes to the end of a post. */
export function writeBelow(path: string, text: string): void {
  const { text: before, revision } = view(path);
  saved.set(path, { text: `${before}${text}`, revision: Number(revision.slice(1)) + 1 });
  wrote("", path);
}

export const sources = {
  source: ({ path }: { path: string }) => view(path),
  save_source({ request }: { request: SaveSourceRequest }) {
    const kept = saved.get(request.path);
    if (kept && request.base !== null && request.base !== `r${kept.revision}`) {
      throw { code: "conflict", message: "changed", path: request.path, line: null };
    }
    const revision = (kept?.revision ?? 0) + 1;
    saved.set(request.path, { text: request.text, revision });
    return { entry: "", path: request.path, revision: `r${revision}` };
  },
  picture: () => null,
  add_picture: () => {
    const path = `assets/${++pictures}.png`;
    return { path, link: path };
  },
};
