import { beforeEach, expect, test } from "vitest";
import type { DraftRequest } from "../ipc/client";
import { again, Journal, rhythm, type Subject, type Writing } from "./journal";

const answer: Subject = { entry: "e", part: "answer", audience: null };
const hint: Subject = { ...answer, part: "hint" };

function writing(text: string): Writing {
  return { text, base: "old", revision: "r1", question: "Why?", path: "a.md", date: null };
}

/** A backend that answers when the test says so, and a clock. */
class Bench {
  /** Drafts on the disk, by key. */
  disk = new Map<string, string>();
  log: string[] = [];
  fails: unknown[] = [];
  /** Errors of the next requests. */
  errors: Error[] = [];
  hold = false;
  timers: { at: number; run: () => void }[] = [];
  now = 0;
  underWay = 0;
  mostUnderWay = 0;
  #held: (() => void)[] = [];

  journal = new Journal({
    keep: async (request: DraftRequest) => {
      await this.#request(`keep ${request.text}`);
      const key = `${request.entry}/${request.part}`;
      this.disk.set(key, request.text);
      if (request.replaces && request.replaces !== key) this.disk.delete(request.replaces);
      return { key };
    },
    drop: async (key) => {
      await this.#request(`drop ${key}`);
      this.disk.delete(key);
    },
    after: (ms, action) => {
      const timer = { at: this.now + ms, run: action };
      this.timers.push(timer);
      return () => {
        this.timers = this.timers.filter((one) => one !== timer);
      };
    },
    onkept: (_, { text }) => this.log.push(`kept ${text}`),
    ondropped: (key) => this.log.push(`dropped ${key}`),
    onfail: (error) => this.fails.push(error),
  });

  async #request(what: string): Promise<void> {
    this.log.push(what);
    this.underWay++;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    if (this.hold) await new Promise<void>((resolve) => this.#held.push(resolve));
    this.underWay--;
    const error = this.errors.shift();
    if (error) throw error;
  }

  async release(): Promise<void> {
    for (const go of this.#held.splice(0)) go();
    await this.settle();
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  }

  /** Lets time pass. */
  async pass(ms: number): Promise<void> {
    this.now += ms;
    const due = this.timers.filter(({ at }) => at <= this.now);
    this.timers = this.timers.filter(({ at }) => at > this.now);
    for (const { run } of due) run();
    await this.settle();
  }

  get kept(): string[] {
    return this.log.filter((line) => line.startsWith("kept"));
  }
}

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

test("typing without a pause is kept in the rhythm, not only at its end", async () => {
  for (let at = 0; at < 20; at++) {
    bench.journal.keep(answer, writing(`text ${at}`));
    await bench.pass(rhythm / 5);
  }
  expect(bench.kept).toEqual(["kept text 4", "kept text 9", "kept text 14", "kept text 19"]);
  expect(rhythm, "within a second even where the disk takes its time").toBeLessThanOrEqual(500);
});

test("a very long text is kept less often, within a second", async () => {
  bench.journal.keep(answer, writing("가".repeat(200_000)));
  await bench.pass(2 * rhythm - 1);
  expect(bench.kept).toEqual([]);
  await bench.pass(1);
  expect(bench.kept).toHaveLength(1);
  bench.journal.keep(answer, writing("가".repeat(5_000_000)));
  await bench.pass(1000);
  expect(bench.kept).toHaveLength(2);
});

test("leaving keeps at once and waits until it is on the disk", async () => {
  bench.hold = true;
  bench.journal.keep(answer, writing("a"));
  bench.journal.keep(hint, writing("b"));
  let done = false;
  const flushed = bench.journal.flush().then(() => {
    done = true;
  });
  await bench.settle();
  expect(done).toBe(false);
  await bench.release();
  await flushed;
  expect([...bench.disk.values()]).toEqual(["a", "b"]);
  expect(bench.timers, "nothing is left to do").toEqual([]);
});

test("what is typed while one is kept comes after it, one at a time", async () => {
  bench.hold = true;
  bench.journal.keep(answer, writing("a"));
  await bench.pass(rhythm);
  bench.journal.keep(answer, writing("ab"));
  await bench.pass(rhythm);
  bench.journal.keep(answer, writing("abc"));
  await bench.pass(rhythm);
  expect(bench.log).toEqual(["keep a"]);
  bench.hold = false;
  await bench.release();
  expect(bench.disk.get("e/answer")).toBe("abc");
  expect(bench.mostUnderWay).toBe(1);
});

test("a text that got into its post leaves no draft, whatever was under way", async () => {
  bench.hold = true;
  bench.journal.keep(answer, writing("a"));
  await bench.pass(rhythm);
  bench.journal.drop(answer);
  bench.hold = false;
  await bench.release();
  expect(bench.disk.size).toBe(0);
  expect(bench.kept, "nobody is told of what goes").toEqual([]);
  await bench.pass(again);
  expect(bench.disk.size).toBe(0);
});

test("a text that was not kept yet and is saved is never kept", async () => {
  bench.journal.keep(answer, writing("a"));
  bench.journal.drop(answer);
  await bench.pass(again);
  await bench.journal.flush();
  expect(bench.log).toEqual([]);
});

test("what is typed after a drop is kept again", async () => {
  bench.journal.keep(answer, writing("a"));
  await bench.pass(rhythm);
  bench.hold = true;
  bench.journal.drop(answer);
  bench.journal.keep(answer, writing("b"));
  await bench.pass(rhythm);
  bench.hold = false;
  await bench.release();
  await bench.pass(rhythm);
  expect(bench.disk.get("e/answer")).toBe("b");
});

test("what a start before left goes when the text written on is on the disk, not earlier", async () => {
  bench.disk.set("before", "left");
  bench.journal.adopt(answer, "before");
  bench.errors = [new Error("no room")];
  bench.journal.keep(answer, writing("written on"));
  await bench.pass(rhythm);
  expect([...bench.disk.values()]).toEqual(["left"]);
  await bench.pass(again);
  expect([...bench.disk.values()]).toEqual(["written on"]);
});

test("what a start before left goes when it is saved as it is", async () => {
  bench.disk.set("before", "left");
  bench.journal.adopt(answer, "before");
  bench.journal.drop(answer);
  await bench.settle();
  expect(bench.disk.size).toBe(0);
});

test("what cannot be kept is tried again until it can, with the newest text", async () => {
  bench.errors = [new Error("no room"), new Error("no room")];
  bench.journal.keep(answer, writing("a"));
  await bench.pass(rhythm);
  bench.journal.keep(answer, writing("ab"));
  await bench.pass(again);
  await bench.pass(again);
  expect(bench.fails).toHaveLength(2);
  expect(bench.disk.get("e/answer")).toBe("ab");
});

test("leaving does not wait for a disk that is full", async () => {
  bench.errors = [new Error("no room")];
  bench.journal.keep(answer, writing("a"));
  await bench.journal.flush();
  expect(bench.fails).toHaveLength(1);
  await bench.journal.flush();
  expect(bench.disk.get("e/answer"), "leaving again tries again").toBe("a");
});

test("a draft that cannot be dropped is let be", async () => {
  bench.journal.keep(answer, writing("a"));
  await bench.pass(rhythm);
  bench.errors = [new Error("in use")];
  bench.journal.drop(answer);
  await bench.settle();
  expect(bench.fails).toEqual([]);
  expect(bench.log.at(-1)).toBe("drop e/answer");
});
