import type { HitView } from "../../ipc/client";

/** The hits of one entry, or of one section of a post without questions. */
export interface HitGroup {
  readonly key: string;
  /** The best of them. */
  readonly first: HitView;
  /** The best one and the others, as they came. */
  readonly hits: readonly HitView[];
}

/** Groups hits by entry. Groups stand in the order of their best hit, hits in the order they came. */
export function groupHits(hits: readonly HitView[]): HitGroup[] {
  const byKey = new Map<string, HitView[]>();
  for (const hit of hits) {
    const key = hit.entry ?? `${hit.path}:${hit.line}`;
    const group = byKey.get(key);
    if (group) group.push(hit);
    else byKey.set(key, [hit]);
  }
  return [...byKey].flatMap(([key, own]) => {
    const first = own[0];
    return first ? [{ key, first, hits: own }] : [];
  });
}
