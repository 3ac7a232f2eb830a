import { expect, test } from "vitest";
import type { Cause, VersionView } from "../../ipc/client";
import { linesOf } from "./lines";

/** A version replaced at a time of the clock of here, `22 14:30` being the 22nd of May. */
function version(at: string, cause: Cause = "saved", entry = "e1"): VersionView {
  const [day = 1, hour = 0, minute = 0] = at.split(/[ :]/).map(Number);
  return {
    id: at,
    at: new Date(2025, 4, day, hour, minute).toISOString(),
    cause,
    path: "a.md",
    entry,
    question: "질문",
    parts: ["answer"],
    chars: 3,
    excerpt: "",
  };
}

/** What is drawn: days as `22일`, folds as how many lie in them. */
function drawn(
  versions: VersionView[],
  { unfolded = [], chosen = null }: { unfolded?: string[]; chosen?: string | null } = {},
): string[] {
  return linesOf(versions, new Set(unfolded), chosen).map((line) =>
    line.kind === "day"
      ? `${Number(line.date.slice(-2))}일`
      : line.kind === "fold"
        ? `접힌 ${line.versions.length}`
        : line.version.id,
  );
}

const sitting = ["22 14:20", "22 14:15", "22 14:10", "22 14:00", "22 13:50"];
const saves = sitting.map((at) => version(at));

test("versions stand under the days they were replaced on", () => {
  const versions = [version("22 09:00"), version("22 08:00"), version("20 23:59")];
  expect(drawn(versions)).toEqual(["22일", "22 09:00", "22 08:00", "20일", "20 23:59"]);
});

test("of one sitting the first and the last text are shown", () => {
  expect(drawn(saves)).toEqual(["22일", "22 14:20", "접힌 3", "22 13:50"]);
});

test("a short sitting is shown whole", () => {
  expect(drawn(saves.slice(2))).toEqual(["22일", "22 14:10", "22 14:00", "22 13:50"]);
});

test("a fold opens when asked, and when one in it is chosen", () => {
  const all = ["22일", ...sitting];
  expect(drawn(saves, { unfolded: ["fold 22 13:50"] })).toEqual(all);
  expect(drawn(saves, { chosen: "22 14:10" })).toEqual(all);
  expect(drawn(saves, { chosen: "22 14:20" })).not.toEqual(all);
});

test("a fold that was opened stays open while the sitting goes on", () => {
  const more = [version("22 14:25"), ...saves];
  expect(drawn(more, { unfolded: ["fold 22 13:50"] })).toEqual(["22일", "22 14:25", ...sitting]);
});

test.each([
  ["a pause", version("22 14:31")],
  ["a change by another program", version("22 14:21", "outside")],
  ["another entry", version("22 14:21", "saved", "e2")],
])("%s ends a sitting", (_, next) => {
  expect(drawn([next, ...saves.slice(0, 3)])).toHaveLength(5);
});

test("midnight ends a sitting", () => {
  const late = ["22 00:03", "22 00:01", "21 23:59", "21 23:57"].map((at) => version(at));
  expect(drawn(late)).toEqual(["22일", "22 00:03", "22 00:01", "21일", "21 23:59", "21 23:57"]);
});

test("nothing gives nothing", () => {
  expect(drawn([])).toEqual([]);
});
