import type { HitView } from "../../ipc/client";
import { type Asked, showMatches } from "../../state/matches.svelte";
import { openEntry, openPostPage } from "../../state/navigation.svelte";

/** Opens what was hit, at the place that matches. */
export async function openHit(hit: HitView, asked: Asked): Promise<void> {
  if (hit.entry === null) await openPostPage(hit.path, hit.line);
  else if (!(await openEntry(hit.entry))) return;
  await showMatches(asked, hit);
}
