import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { long, rested } from "./rested.svelte";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a short text is followed at once, a long one when it is left alone", () => {
  let typed = $state("가");
  let shown: { readonly text: string } | undefined;
  const stop = $effect.root(() => {
    shown = rested(() => typed);
  });
  const type = (text: string) => {
    typed = text;
    flushSync();
  };
  type("가나");
  expect(shown?.text).toBe("가나");
  const body = "가".repeat(long);
  type(body);
  expect(shown?.text).toBe("가나");
  for (let nth = 1; nth <= 5; nth++) {
    vi.advanceTimersByTime(100);
    type(body + "나".repeat(nth));
  }
  expect(shown?.text, "while it is typed in").toBe("가나");
  vi.advanceTimersByTime(1000);
  expect(shown?.text).toBe(`${body}나나나나나`);
  stop();
});
