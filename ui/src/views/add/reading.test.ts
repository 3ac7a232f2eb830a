import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Reading } from "./reading";

const read = vi.fn((text: string) => Promise.resolve(`read ${text}`));
const done = vi.fn();
const failed = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

describe("reading", () => {
  it("waits for a pause and reads the last text", async () => {
    const reading = new Reading(read, done, failed);
    reading.changed("a", false);
    reading.changed("ab", false);
    await vi.runAllTimersAsync();
    expect(read.mock.calls).toEqual([["ab"]]);
    expect(done.mock.calls).toEqual([["read ab"]]);
  });

  it("does nothing while a composition is open", async () => {
    const reading = new Reading(read, done, failed);
    reading.changed("질", false);
    reading.changed("질ㅁ", true);
    await vi.runAllTimersAsync();
    expect(read).not.toHaveBeenCalled();
  });

  it("drops an answer that comes after the next change", async () => {
    let answer: (text: string) => void = () => {};
    const slow = () => new Promise<string>((resolve) => (answer = resolve));
    const reading = new Reading(slow, done, failed);
    const first = reading.now("a");
    reading.changed("ab", true);
    answer("late");
    await first;
    expect(done).not.toHaveBeenCalled();
  });

  it("says what went wrong", async () => {
    const reading = new Reading(() => Promise.reject(new Error("gone")), done, failed);
    await reading.now("a");
    expect(failed).toHaveBeenCalledWith(new Error("gone"));
  });
});
