import type { HitView } from "../../ipc/client";

/** The hits of one entry, or of one section of a post without questions. */
export interface HitGroup {
  readonly key: string;
  readonly first: HitView;
  readonly hits: readonly NumberedHit[];
}

/** A hit with its place among all hits as they are shown. */
export interface NumberedHit {
  readonly hit: HitView;
  readonly index: number;
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
  let index = 0;
  return [...byKey].flatMap(([key, own]) => {
    const first = own[0];
    return first ? [{ key, first, hits: own.map((hit) => ({ hit, index: index++ })) }] : [];
  });
}

/** The hits in the order in which the arrows go through them. */
export function inOrder(groups: readonly HitGroup[]): HitView[] {
  return groups.flatMap((group) => group.hits.map((one) => one.hit));
}
