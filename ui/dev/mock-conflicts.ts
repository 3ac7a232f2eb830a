// What git has left in the mock's posts, and where lost questions are. With ?conflicted in the address
// the newest answer has a conflict.

import type {
  EntryPage,
  LostRequest,
  LostView,
  MergeConflictView,
  SavedView,
  SettleRequest,
} from "../src/ipc/types";
import { byId, entries, fail, query, wrote } from "./mock-book";
import type { MockEntry } from "./mock-data";

/** By entry. */
const left = new Map<string, MergeConflictView>();

/** Leaves a conflict in an answer: what stands there is the first side. */
export function conflict(id: string, theirs: string): void {
  const one = byId(id);
  left.set(id, {
    id: `conflict of ${id}`,
    line: 14,
    ours_label: "HEAD",
    theirs_label: "origin/main",
    ours: `${one.answer}\n`,
    base: null,
    theirs: `${theirs}\n`,
  });
  wrote(one.id, one.path);
}

export function conflictsOf(id: string): Pick<EntryPage, "conflicts"> {
  const found = left.get(id);
  return found ? { conflicts: [found] } : {};
}

export function conflictsIn(path: string): Pick<EntryPage, "conflicts"> {
  const ids = entries.filter((one) => one.path === path).map(({ id }) => id);
  const found = ids.flatMap((id) => left.get(id) ?? []);
  return found.length > 0 ? { conflicts: found } : {};
}

/** Fails as the backend does where an entry has a conflict. */
export function mustBeSettled({ id, path }: MockEntry): void {
  if (left.has(id)) fail("conflict_markers", "git's conflict markers are in the text", path);
}

function settle({ post, id, take, text }: SettleRequest): SavedView {
  const chosen = [...left].filter(
    ([entry, one]) => byId(entry).path === post && (id === null || one.id === id),
  );
  if (chosen.length === 0) fail("conflict", "it is there no more", post);
  for (const [entry, { ours, theirs }] of chosen) {
    const sides = { ours, theirs, both: ours + theirs, text: text ?? "" };
    byId(entry).answer = sides[take].trimEnd();
    left.delete(entry);
  }
  return wrote("", post);
}

export function lost(
  { question, post }: LostRequest,
  row: (one: MockEntry) => LostView["candidates"][number],
): LostView {
  const words = (of: string) => of.split(/\s+/u);
  const alike = (other: string) => words(other).filter((word) => words(question).includes(word));
  const found = entries.filter((one) => alike(one.question).length * 2 > words(question).length);
  return { post: entries.some((one) => one.path === post), candidates: found.slice(0, 5).map(row) };
}

export const settling = { settle: (args: { request: SettleRequest }) => settle(args.request) };

if (query.has("conflicted")) {
  const first = entries[0];
  if (first) conflict(first.id, `${first.answer}\n\n끝으로, 재어 보고 정합니다.`);
}
Object.assign(globalThis, { conflict });
