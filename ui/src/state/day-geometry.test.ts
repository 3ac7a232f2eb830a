import { expect, test } from "vitest";
import { geometry } from "./day-geometry";

const sizes = { head: 30, row: 50 };
const days = (...shown: number[]) => shown.map((count) => ({ shown: count }));

test("heights add up and empty days take no room", () => {
  const g = geometry(days(2, 0, 1), sizes);
  expect(g.height).toBe(30 + 100 + 30 + 50);
  expect(g.entries).toBe(3);
  expect(g.day(1)).toBeUndefined();
  expect(g.day(2)).toEqual({ day: 2, top: 130, height: 80, first: 2, count: 1 });
});

test("a flat index finds its day and its place", () => {
  const g = geometry(days(2, 0, 3), sizes);
  expect([0, 1, 2, 4].map((index) => g.dayOf(index)?.day)).toEqual([0, 0, 2, 2]);
  expect(g.dayOf(5)).toBeUndefined();
  expect(g.dayOf(-1)).toBeUndefined();
  expect(g.entryBox(3)).toEqual({ top: 130 + 30 + 50, bottom: 130 + 30 + 100 });
});

test("a slice holds what is in view and no more", () => {
  const g = geometry(days(4, 4), sizes);
  expect(g.slices(80, 130).map(({ day, from, to }) => [day, from, to])).toEqual([[0, 1, 2]]);
  expect(g.slices(200, 270).map(({ day, from, to }) => [day, from, to])).toEqual([
    [0, 3, 4],
    [1, 0, 1],
  ]);
});

test("a head alone in view brings its day without entries", () => {
  const g = geometry(days(2), sizes);
  expect(g.slices(0, 20).map(({ from, to }) => [from, to])).toEqual([[0, 0]]);
});

test("outside the list there is nothing", () => {
  const g = geometry(days(2), sizes);
  expect(g.slices(500, 900)).toEqual([]);
  expect(geometry([], sizes).slices(0, 100)).toEqual([]);
});

test("ten thousand days are laid out and searched quickly", () => {
  const many = geometry(
    Array.from({ length: 10_000 }, () => ({ shown: 7 })),
    sizes,
  );
  expect(many.entries).toBe(70_000);
  for (let index = 0; index < 70_000; index += 997) {
    const box = many.entryBox(index);
    const slice = many.slices(box?.top ?? 0, box?.bottom ?? 0);
    const at = slice.flatMap(({ first, from, to }) => (to > from ? [first + from] : []));
    expect(at).toEqual([index]);
  }
});

test("a bare day has a line of its own, and the keys stop at it", () => {
  const g = geometry(
    [{ shown: 0, bare: true }, { shown: 2 }, { shown: 0, bare: true }, { shown: 1 }],
    sizes,
  );
  expect(g.entries).toBe(3);
  expect(g.height).toBe(4 * 30 + 5 * 50);
  expect(g.day(0)).toEqual({ day: 0, top: 0, height: 80, first: 0, count: 0 });
  expect([0, 1, 2].map((index) => g.dayOf(index)?.day)).toEqual([1, 1, 3]);
  expect(g.slices(0, 400).map(({ day, from, to }) => [day, from, to])).toEqual([
    [0, 0, 0],
    [1, 0, 2],
    [2, 0, 0],
    [3, 0, 1],
  ]);
  const bare = (day: number) => ({ kind: "bare", day }) as const;
  const entry = (index: number) => ({ kind: "entry", index }) as const;
  const stops = [bare(0), entry(0), entry(1), bare(2), entry(2)];
  for (const [i, stop] of stops.entries()) {
    expect(g.step(stop, 1)).toEqual(stops[i + 1]);
    expect(g.step(stop, -1)).toEqual(stops[i - 1]);
  }
  expect(g.step(null, 1)).toEqual(stops[0]);
  expect(g.step(null, -1)).toEqual(stops[0]);
});
