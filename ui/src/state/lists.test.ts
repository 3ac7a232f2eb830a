import { expect, test } from "vitest";
import type { PostRow } from "../ipc/client";
import { addDays, heat } from "./heat";
import { postTree, treeLines } from "./post-tree";

const post = (path: string, entries = 1): PostRow => ({
  path,
  title: path,
  entries,
  unreadable: null,
  read_only: null,
});

test("posts stand under their folders, folders first, with their entries added up", () => {
  const root = postTree([post("README.md", 0), post("a/b/one.md", 2), post("a/two.md", 3)]);
  const lines = treeLines(root, new Set());
  expect(lines.map(({ key, level }) => `${level} ${key}`)).toEqual([
    "1 a/",
    "2 a/b/",
    "3 a/b/one.md",
    "2 a/two.md",
    "1 README.md",
  ]);
  expect(lines[0]).toMatchObject({ folder: { entries: 5 } });
});

test("a closed folder hides all that is inside", () => {
  const root = postTree([post("a/b/one.md"), post("c.md")]);
  expect(treeLines(root, new Set(["a"])).map(({ key }) => key)).toEqual(["a/", "c.md"]);
});

test("the heat map ends today, in a grid of 53 weeks from Sunday", () => {
  const map = heat("2025-05-22", [
    { date: "2025-05-22", count: 4 },
    { date: "2025-05-18", count: 1 },
  ]);
  expect(map.rows).toHaveLength(7);
  expect(map.rows.every((cells) => cells.length === 53)).toBe(true);
  expect(map.rows[4]?.at(-1)).toEqual({ date: "2025-05-22", count: 4, level: 4 });
  expect(map.rows[0]?.at(-1)).toEqual({ date: "2025-05-18", count: 1, level: 1 });
  expect(map.rows[5]?.at(-1)).toBeNull();
  expect(map.total).toBe(5);
  expect(map.months.reduce((sum, { span }) => sum + span, 0)).toBe(53);
});

test("days are counted over months and leap years", () => {
  expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
  expect(addDays("2025-01-01", -1)).toBe("2024-12-31");
});
