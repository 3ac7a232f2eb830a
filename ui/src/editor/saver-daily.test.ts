// Thirty versions of one daily post come from outside while one of its answers is being written.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pageOf } from "../../dev/test-page";
import { asIpcError, type EntryPage, IpcError } from "../ipc/client";
import { Saver } from "./saver";
import { threeWay } from "./three-way";

interface Step {
  what: string;
  from?: string;
  to?: string;
  endings?: string;
  trim?: boolean;
  hits?: boolean;
}

const daily = JSON.parse(readFileSync("../tests/fixtures/daily.json", "utf8")) as {
  open: string;
  first: string[];
  steps: Step[];
};

function apply(step: Step, text: string): string {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const plain = text.replaceAll("\r\n", "\n");
  if (step.endings) return plain.replaceAll("\n", step.endings);
  if (step.trim) return text.trimEnd();
  const changed = plain.replace(step.from ?? "", () => step.to ?? "");
  expect(changed, step.what).not.toBe(plain);
  return changed.replaceAll("\n", eol);
}

/** Where the answer is in the post, whose line endings are `\n`. */
function place(text: string): [number, number] {
  const start = text.indexOf("### 답변", text.indexOf("## 스레드 풀을"));
  const from = text.indexOf("\n", start) + 1;
  const ends = ["\n### ", "\n> ####"].map((mark) => text.indexOf(mark, from));
  const to = Math.min(...ends.filter((at) => at >= 0));
  return [from, from + text.slice(from, to).trimEnd().length];
}

/** A post in a file that is saved as the backend saves it. */
class Post {
  text = daily.first.join("\n");
  #revision = 1;

  get answer(): string {
    const plain = this.text.replaceAll("\r\n", "\n");
    return plain.slice(...place(plain));
  }

  put(text: string): void {
    this.text = text;
    this.#revision++;
  }

  save(text: string, base: string | null): string {
    if (base !== this.answer) {
      throw new IpcError({ code: "conflict", message: "changed", path: null, line: null });
    }
    const crlf = this.text.includes("\r\n");
    const plain = this.text.replaceAll("\r\n", "\n");
    const [from, to] = place(plain);
    const next = plain.slice(0, from) + text.trim() + plain.slice(to);
    this.put(crlf ? next.replaceAll("\n", "\r\n") : next);
    return `r${this.#revision}`;
  }

  page(): EntryPage {
    return pageOf(this.answer, { question: daily.open }, { revision: `r${this.#revision}` });
  }
}

function open(post: Post) {
  let shown = post.answer;
  let timer: (() => void) | null = null;
  const saver = new Saver(post.page(), {
    save: async ({ text, base_answer }) => {
      const revision = post.save(text, base_answer);
      return { entry: "e", path: "a.md", revision };
    },
    fetch: async () => post.page(),
    asError: asIpcError,
    after: (_ms, run) => {
      timer = run;
      return () => {
        timer = null;
      };
    },
    onstate: () => {},
    onreplace: (text) => {
      shown = text;
    },
    onpage: () => {},
  });
  return {
    saver,
    shown: () => shown,
    async rest() {
      timer?.();
      for (let i = 0; i < 20; i++) await Promise.resolve();
    },
  };
}

const sentence = (nth: number) => `여기서 쓴 ${nth}번째 단락.`;

test.each(["both", "merged"] as const)(
  "what is typed stays, conflicts ended with %s",
  async (how) => {
    expect(daily.steps.length + 1).toBe(30);
    const post = new Post();
    const { saver, rest } = open(post);
    let conflicts = 0;
    for (const [nth, step] of daily.steps.entries()) {
      // Typed and not sent yet when the file changes.
      saver.edit(`${saver.text}\n\n${sentence(nth)}`);
      const outside = apply(step, post.text);
      post.put(outside);
      await saver.refresh();
      if (step.hits) {
        conflicts++;
        const { state } = saver;
        if (state.kind !== "conflict") throw new Error(`${step.what}: ${state.kind}`);
        expect(post.text, `${step.what}: nothing is written`).toBe(outside);
        if (how === "both") saver.resolve("both");
        else {
          const { text, open } = threeWay(state.base, saver.text, state.theirs);
          expect(open, `${step.what}: the edits are apart`).toBe(0);
          expect(saver.merge(text, state.theirs)).toBe(true);
        }
        if (step.to) expect(saver.text).toContain(step.to);
        // Our own copy of their sentence would make it stand twice; it is taken out by hand.
        if (how === "both") saver.edit(`${post.answer}\n\n${sentence(nth)}`);
      } else expect(saver.state.kind, step.what).not.toBe("conflict");
      await rest();
      expect(saver.state.kind, step.what).toBe("saved");
      for (let typed = 0; typed <= nth; typed++) {
        expect(post.text, `${step.what}: paragraph ${typed}`).toContain(sentence(typed));
      }
      if (step.to) {
        const crlf = post.text.includes("\r\n");
        expect(post.text).toContain(crlf ? step.to.replaceAll("\n", "\r\n") : step.to);
      }
    }
    expect(conflicts).toBe(daily.steps.filter(({ hits }) => hits).length);
  },
);

test("a clean answer shows every version as it comes", async () => {
  const post = new Post();
  const { saver, shown } = open(post);
  for (const step of daily.steps) {
    post.put(apply(step, post.text));
    await saver.refresh();
    expect(saver.state.kind, step.what).toBe("saved");
    expect(shown(), step.what).toBe(post.answer);
  }
});
