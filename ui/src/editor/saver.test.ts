import { beforeEach, expect, test } from "vitest";
import { pageOf } from "../../dev/test-page";
import {
  asIpcError,
  type EntryPage,
  type ErrorCode,
  IpcError,
  type SaveAnswerRequest,
} from "../ipc/client";
import { joined, pause, Saver, type SaveState } from "./saver";

const page = (text: string, revision = "r1") => pageOf(text, {}, { revision });
const failure = (code: ErrorCode) => new IpcError({ code, message: code, path: null, line: 2 });

/** A backend with one file, whose requests are answered when the test says so. */
class Bench {
  file = page("old");
  sent: SaveAnswerRequest[] = [];
  states: SaveState["kind"][] = [];
  replaced: string[] = [];
  pages: EntryPage[] = [];
  /** Errors for the next saves, in order; null saves. */
  errors: (IpcError | null)[] = [];
  fetchError: IpcError | null = null;
  timer: { ms: number; run: () => void } | null = null;
  underWay = 0;
  mostUnderWay = 0;
  /** Held saves wait for `release`. */
  hold = false;
  #held: (() => void)[] = [];

  saver = new Saver(this.file, {
    save: async (request) => {
      this.underWay++;
      this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
      this.sent.push(request);
      if (this.hold) await new Promise<void>((resolve) => this.#held.push(resolve));
      this.underWay--;
      const error = this.errors.shift();
      if (error) throw error;
      const revision = `r${this.sent.length + 1}`;
      this.file = page(request.text.trim(), revision);
      return { entry: "e", path: "a.md", revision };
    },
    fetch: async () => {
      if (this.fetchError) throw this.fetchError;
      return this.file;
    },
    asError: asIpcError,
    after: (ms, run) => {
      this.timer = { ms, run };
      return () => {
        this.timer = null;
      };
    },
    onstate: (state) => this.states.push(state.kind),
    onreplace: (text) => this.replaced.push(text),
    onpage: (fresh) => this.pages.push(fresh),
  });

  /** Lets the pause after typing pass. */
  async rest(): Promise<void> {
    const timer = this.timer;
    this.timer = null;
    timer?.run();
    await this.settle();
  }

  /** Another program writes the answer, and the window looks at it. */
  async outside(text: string, revision: string): Promise<void> {
    this.file = page(text, revision);
    await this.saver.refresh();
  }

  async settle(): Promise<void> {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }

  async release(): Promise<void> {
    this.#held.shift()?.();
    await this.settle();
  }
}

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

test("what is typed is saved after a pause, against what it was based on", async () => {
  bench.saver.edit("new");
  expect(bench.timer?.ms, "the pause").toBe(pause);
  expect(bench.sent).toEqual([]);
  await bench.rest();
  expect(bench.sent).toEqual([{ entry: "e", text: "new", base: "r1", base_answer: "old" }]);
  expect(bench.states).toEqual(["dirty", "saving", "saved"]);
});

test("the next save is based on the one before", async () => {
  bench.saver.edit("new");
  await bench.rest();
  bench.saver.edit("newer");
  await bench.rest();
  expect(bench.sent[1]).toMatchObject({ text: "newer", base: "r2", base_answer: "new" });
});

test("typing starts the pause anew", () => {
  bench.saver.edit("n");
  const first = bench.timer;
  bench.saver.edit("ne");
  expect(bench.timer).not.toBe(first);
});

test("typing back to the saved text saves nothing", async () => {
  bench.saver.edit("new");
  bench.saver.edit("old");
  expect(bench.timer).toBeNull();
  await bench.saver.flush();
  expect(bench.sent).toEqual([]);
  expect(bench.saver.state.kind).toBe("saved");
});

test("flush saves at once and a clean answer not at all", async () => {
  await bench.saver.flush();
  expect(bench.sent).toEqual([]);
  bench.saver.edit("new");
  await bench.saver.flush();
  expect(bench.sent).toHaveLength(1);
  expect(bench.timer).toBeNull();
});

test("saves never overlap and the last text wins", async () => {
  bench.hold = true;
  bench.saver.edit("a");
  void bench.saver.flush();
  await bench.settle();
  bench.saver.edit("ab");
  void bench.saver.flush();
  bench.saver.edit("abc");
  void bench.saver.flush();
  await bench.settle();
  expect(bench.sent).toHaveLength(1);
  await bench.release();
  await bench.release();
  expect(bench.sent.map(({ text }) => text)).toEqual(["a", "abc"]);
  expect(bench.mostUnderWay).toBe(1);
  expect(bench.saver.state.kind).toBe("saved");
});

test("text typed during a save is saved after it", async () => {
  bench.hold = true;
  bench.saver.edit("a");
  await bench.rest();
  bench.saver.edit("ab");
  await bench.release();
  expect(bench.saver.state.kind).toBe("dirty");
  bench.hold = false;
  await bench.rest();
  expect(bench.sent.map(({ text }) => text)).toEqual(["a", "ab"]);
});

test("flush takes along what is typed while it saves", async () => {
  bench.hold = true;
  bench.saver.edit("a");
  let done = false;
  void bench.saver.flush().then(() => {
    done = true;
  });
  await bench.settle();
  bench.saver.edit("ab");
  await bench.release();
  expect(done, "the second save is under way").toBe(false);
  await bench.release();
  expect(done).toBe(true);
  expect(bench.sent.map(({ text }) => text)).toEqual(["a", "ab"]);
  expect(bench.saver.state.kind).toBe("saved");
});

test("flush ends where a save fails", async () => {
  bench.hold = true;
  bench.errors = [null, failure("write_failed")];
  bench.saver.edit("a");
  const flushed = bench.saver.flush();
  await bench.settle();
  bench.saver.edit("ab");
  await bench.release();
  await bench.release();
  await flushed;
  expect(bench.sent).toHaveLength(2);
  expect(bench.saver.state.kind).toBe("failed");
});

test("nothing is saved while a composition is open", async () => {
  bench.saver.composing(true);
  bench.saver.edit("하");
  expect(bench.timer).toBeNull();
  await bench.saver.flush();
  expect(bench.sent, "blur and Ctrl+S wait too").toEqual([]);
  bench.saver.edit("한");
  bench.saver.composing(false);
  await bench.settle();
  expect(bench.sent.map(({ text }) => text)).toEqual(["한"]);
});

test("a composition that begins during the pause holds the save back", async () => {
  bench.saver.edit("가");
  bench.saver.composing(true);
  expect(bench.timer).toBeNull();
  bench.saver.composing(false);
  expect(bench.timer?.ms).toBe(pause);
  await bench.rest();
  expect(bench.sent).toHaveLength(1);
});

test("a save queued behind another waits if a composition began meanwhile", async () => {
  bench.hold = true;
  bench.saver.edit("a");
  void bench.saver.flush();
  await bench.settle();
  bench.saver.edit("ab");
  void bench.saver.flush();
  bench.saver.composing(true);
  await bench.release();
  expect(bench.sent).toHaveLength(1);
  bench.saver.composing(false);
  await bench.settle();
  expect(bench.sent.map(({ text }) => text)).toEqual(["a", "ab"]);
});

test("an outside change of a clean answer shows at once", async () => {
  await bench.outside("theirs", "r9");
  expect(bench.replaced).toEqual(["theirs"]);
  expect(bench.saver.text).toBe("theirs");
  bench.saver.edit("theirs and mine");
  await bench.rest();
  expect(bench.sent[0]).toMatchObject({ base: "r9", base_answer: "theirs" });
});

test("an outside change is not shown during a composition, but after it", async () => {
  bench.saver.composing(true);
  await bench.outside("theirs", "r9");
  expect(bench.replaced).toEqual([]);
  bench.saver.composing(false);
  await bench.settle();
  expect(bench.replaced).toEqual(["theirs"]);
});

test("a conflict waits for the end of a composition: it would hide the open syllable", async () => {
  bench.saver.composing(true);
  bench.saver.edit("mine 하");
  await bench.outside("theirs", "r9");
  expect(bench.saver.state.kind).toBe("dirty");
  bench.saver.edit("mine 한");
  bench.saver.composing(false);
  await bench.settle();
  expect(bench.saver.state).toEqual({
    kind: "conflict",
    theirs: "theirs",
    base: "old",
    revision: "r9",
  });
  expect(bench.sent).toEqual([]);
  bench.saver.resolve("both");
  await bench.settle();
  expect(bench.sent.map(({ text }) => text)).toEqual(["mine 한\n\ntheirs"]);
});

test("a conflict found by a save waits for a composition that began meanwhile", async () => {
  bench.hold = true;
  bench.errors = [failure("conflict")];
  bench.file = page("theirs", "r9");
  bench.saver.edit("mine");
  void bench.saver.flush();
  await bench.settle();
  bench.saver.composing(true);
  await bench.release();
  expect(bench.saver.state.kind).toBe("dirty");
  bench.saver.composing(false);
  await bench.settle();
  expect(bench.saver.state.kind).toBe("conflict");
});

test("a change elsewhere in the post only moves the revision of a dirty answer", async () => {
  bench.saver.edit("mine");
  await bench.outside("old", "r9");
  expect(bench.saver.state.kind).toBe("dirty");
  await bench.rest();
  expect(bench.sent[0]).toMatchObject({ text: "mine", base: "r9", base_answer: "old" });
});

test("our own save coming back without its blank end leaves the editor alone", async () => {
  bench.saver.edit("new \n\n");
  await bench.rest();
  await bench.saver.refresh();
  expect(bench.replaced).toEqual([]);
  expect(bench.saver.text).toBe("new \n\n");
  expect(bench.saver.state.kind).toBe("saved");
});

test("both sides writing the same is no conflict", async () => {
  bench.saver.edit("same");
  await bench.outside("same", "r9");
  expect(bench.saver.state.kind).toBe("saved");
  expect(bench.saver.dirty).toBe(false);
});

test("an outside change of a dirty answer is a conflict, and nothing is saved in it", async () => {
  bench.saver.edit("mine");
  await bench.outside("theirs", "r9");
  expect(bench.saver.state).toEqual({
    kind: "conflict",
    theirs: "theirs",
    base: "old",
    revision: "r9",
  });
  bench.saver.edit("mine still");
  await bench.saver.flush();
  expect(bench.sent).toEqual([]);
});

for (const [choice, text, sent] of [
  ["mine", "mine", "mine"],
  ["theirs", "theirs", null],
  ["both", "mine\n\ntheirs", "mine\n\ntheirs"],
] as const) {
  test(`a conflict ends with ${choice}`, async () => {
    bench.saver.edit("mine");
    await bench.outside("theirs", "r9");
    expect(bench.saver.resolve(choice)).toBe(text);
    await bench.settle();
    expect(bench.saver.state.kind).toBe("saved");
    if (sent === null) expect(bench.sent).toEqual([]);
    else expect(bench.sent[0]).toMatchObject({ text: sent, base: "r9", base_answer: "theirs" });
  });
}

test("a conflict ends with a text merged by hand, which is saved over theirs", async () => {
  bench.saver.edit("mine");
  await bench.outside("theirs", "r9");
  expect(bench.saver.merge("mine and theirs", "theirs")).toBe(true);
  await bench.settle();
  const base = { base: "r9", base_answer: "theirs" };
  expect(bench.sent).toEqual([{ entry: "e", text: "mine and theirs", ...base }]);
  expect(bench.saver.state.kind).toBe("saved");
});

test("a text merged with what the file says no more writes nothing and is kept", async () => {
  bench.saver.edit("mine");
  await bench.outside("theirs", "r9");
  await bench.outside("theirs again", "r10");
  expect(bench.saver.merge("mine and theirs", "theirs")).toBe(false);
  await bench.settle();
  expect(bench.sent).toEqual([]);
  expect(bench.saver.text).toBe("mine and theirs");
  expect(bench.saver.state).toMatchObject({ kind: "conflict", theirs: "theirs again" });
});

test("a text merged after the file went back is saved as an edit", async () => {
  bench.saver.edit("mine");
  await bench.outside("theirs", "r9");
  await bench.outside("old", "r10");
  expect(bench.saver.merge("mine and theirs", "theirs")).toBe(true);
  await bench.settle();
  const base = { base: "r10", base_answer: "old" };
  expect(bench.sent).toEqual([{ entry: "e", text: "mine and theirs", ...base }]);
});

test("an answer whose post has git's markers waits and is saved when they are gone", async () => {
  bench.errors = [failure("conflict_markers")];
  bench.saver.edit("mine");
  await bench.rest();
  expect(bench.saver.state).toMatchObject({ kind: "failed" });
  // They were settled: the page comes anew, with the answer as it was.
  await bench.saver.refresh();
  await bench.rest();
  expect(bench.saver.state.kind).toBe("saved");
  expect(bench.file.entry.answer.text).toBe("mine");
});

test("a conflict goes away when the file goes back", async () => {
  bench.saver.edit("mine");
  await bench.outside("theirs", "r9");
  await bench.outside("old", "r10");
  expect(bench.saver.state.kind).toBe("dirty");
});

test("a conflict error with an unchanged answer saves again on the new revision", async () => {
  bench.errors = [failure("conflict")];
  bench.saver.edit("mine");
  bench.file = page("old", "r9");
  await bench.rest();
  expect(bench.sent.map(({ base }) => base)).toEqual(["r1", "r9"]);
  expect(bench.saver.state.kind).toBe("saved");
});

test("a conflict error with a changed answer is a conflict", async () => {
  bench.errors = [failure("conflict")];
  bench.saver.edit("mine");
  bench.file = page("theirs", "r9");
  await bench.rest();
  expect(bench.saver.state).toMatchObject({ kind: "conflict", theirs: "theirs" });
});

test("a conflict error that stays does not go round for ever", async () => {
  bench.errors = [failure("conflict"), failure("conflict"), failure("conflict")];
  bench.saver.edit("mine");
  bench.file = page("old", "r9");
  await bench.rest();
  expect(bench.sent).toHaveLength(2);
  expect(bench.saver.state.kind).toBe("failed");
});

for (const code of ["breaks_structure", "write_failed", "read_only", "internal"] as const) {
  test(`${code} says why, keeps the text and tries again at the next change`, async () => {
    bench.errors = [failure(code)];
    bench.saver.edit("## mine");
    await bench.rest();
    expect(bench.saver.state).toMatchObject({ kind: "failed", error: { code, line: 2 } });
    expect(bench.saver.text).toBe("## mine");
    expect(bench.timer, "not by itself").toBeNull();
    bench.saver.edit("mine");
    await bench.rest();
    expect(bench.saver.state.kind).toBe("saved");
  });
}

test("after a failure Ctrl+S tries again", async () => {
  bench.errors = [failure("write_failed")];
  bench.saver.edit("mine");
  await bench.rest();
  await bench.saver.flush();
  expect(bench.saver.state.kind).toBe("saved");
});

test("an entry deleted outside keeps its text and saves nothing", async () => {
  bench.saver.edit("mine");
  bench.errors = [failure("unknown_entry")];
  await bench.rest();
  expect(bench.saver.state.kind).toBe("gone");
  bench.saver.edit("mine, still here");
  await bench.saver.flush();
  expect(bench.sent).toHaveLength(1);
  expect(bench.saver.text).toBe("mine, still here");
});

test("an entry that comes back can be saved again", async () => {
  bench.saver.edit("mine");
  bench.fetchError = failure("unknown_entry");
  await bench.saver.refresh();
  expect(bench.saver.state.kind).toBe("gone");
  bench.fetchError = null;
  await bench.outside("old", "r9");
  expect(bench.saver.state.kind).toBe("dirty");
  await bench.rest();
  expect(bench.saver.state.kind).toBe("saved");
});

test("theirs goes below mine, and an empty side adds nothing", () => {
  expect(joined("a\n", "b")).toBe("a\n\nb");
  expect(joined("", "b")).toBe("b");
  expect(joined("a", " \n")).toBe("a");
});

test("a draft from before is saved if the file still is what it was written against", async () => {
  bench.saver.restore("draft", "old", page("old", "r4"));
  expect(bench.saver.state.kind).toBe("dirty");
  await bench.rest();
  expect(bench.sent[0]).toMatchObject({ text: "draft", base: "r4", base_answer: "old" });
});

test("a draft from before is a conflict if the file changed meanwhile", () => {
  bench.saver.restore("draft", "older", page("old"));
  expect(bench.saver.state).toMatchObject({ kind: "conflict", theirs: "old" });
  expect(bench.saver.text).toBe("draft");
});

test("a draft from before that is in the file by now is clean", () => {
  bench.saver.restore("old", "older", page("old"));
  expect(bench.saver.state.kind).toBe("saved");
});
