// Versions that were replaced: of an entry, of a post, or of the whole folder; and putting them back.
//
// Invariant: nothing is put back over a text the user has not seen beside it. What is put back goes
// through an ordinary save, so what it replaces is in the history as well.

import { tick } from "svelte";
import { announce } from "../a11y/announce.svelte";
import { moment, t } from "../i18n";
import type { IpcError, PartName, SavedView, VersionDetail, VersionView } from "../ipc/client";
import * as ipc from "../ipc/client";
import { Latest } from "../views/search/latest";
import { flushAll, postsChanged } from "./edited-texts";
import { dropEdits, follow } from "./edits.svelte";
import { current } from "./entry.svelte";
import { openEntry, openPost } from "./navigation.svelte";
import { reload } from "./notebook.svelte";
import { toast, toastError } from "./ui.svelte";

/** Whose versions. */
export type Scope =
  | { kind: "entry"; id: string }
  | { kind: "post"; path: string }
  | { kind: "folder"; show: "deleted" | "all" };

/** Versions asked for at a time. */
const chunk = 100;
/** Milliseconds of quiet before a version is fetched, as while an arrow key is held. */
const pause = 60;

/** The versions of one scope, the one that is chosen, and its comparison with now. */
export class Timeline {
  readonly scope: Scope;
  versions: readonly VersionView[] = $state.raw([]);
  /** Whether the list has been fetched once. */
  shown = $state(false);
  failed: IpcError | null = $state.raw(null);
  /** Whether there are older ones. */
  more = $state(false);
  chosen: string | null = $state(null);
  /** Of the chosen version, or of the one chosen before while that is being fetched. */
  detail: VersionDetail | null = $state.raw(null);
  detailFailed: IpcError | null = $state.raw(null);
  restoring = $state(false);
  /** Whether what differs is shown, or the text of then. */
  mode: "diff" | "then" = $state("diff");

  #limit = chunk;
  #turn = 0;
  readonly #latest = new Latest((id: string) => ipc.version(id), pause);

  constructor(scope: Scope) {
    this.scope = scope;
  }

  /** Fetches the list; the choice stays if it is still there. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    const { scope } = this;
    try {
      const { versions } = await ipc.history({
        entry: scope.kind === "entry" ? scope.id : null,
        post: scope.kind === "post" ? scope.path : null,
        deleted: scope.kind === "folder" && scope.show === "deleted",
        limit: this.#limit,
      });
      if (turn !== this.#turn) return;
      this.more = versions.length >= this.#limit;
      this.versions = versions;
      this.failed = null;
      this.shown = true;
      const stays = this.versions.some(({ id }) => id === this.chosen);
      await this.choose(stays ? this.chosen : (this.versions[0]?.id ?? null), true);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.failed = ipc.asIpcError(error);
      this.shown = true;
    }
  }

  /** Fetches older ones as well. */
  async loadMore(): Promise<void> {
    this.#limit += chunk;
    await this.load();
  }

  /** Chooses a version and sets it beside the text of now. */
  async choose(id: string | null, atOnce = false): Promise<void> {
    this.chosen = id;
    if (id === null) {
      this.#latest.cancel();
      this.detail = null;
      this.detailFailed = null;
      return;
    }
    const outcome = await this.#latest.put(id, { atOnce });
    if (outcome.kind === "stale") return;
    this.detailFailed = outcome.kind === "failure" ? ipc.asIpcError(outcome.error) : null;
    this.detail = outcome.kind === "answer" ? outcome.value : null;
  }

  /** Whether the comparison is of the version that is chosen. */
  get fresh(): boolean {
    return this.detail !== null && this.detail.version.id === this.chosen;
  }

  /** Forgets what is under way. */
  dispose(): void {
    this.#turn++;
    this.#latest.cancel();
  }

  /** Puts the chosen version back, or one part of it. Returns whether it is in the file. */
  async restore(part: PartName | null): Promise<boolean> {
    const seen = this.detail;
    if (!seen || !this.fresh || this.restoring) return false;
    this.restoring = true;
    try {
      await flushAll();
      const { entry } = seen.version;
      if (entry !== null && current.page?.entry.id === entry && current.save.kind !== "saved") {
        toast(t("history.stuck"), { tone: "error" });
        return false;
      }
      const fresh = await ipc.version(seen.version.id);
      if (!sameNow(seen, fresh, part)) {
        if (this.chosen === fresh.version.id) this.detail = fresh;
        toast(t("history.movedOn"), { tone: "error" });
        return false;
      }
      const saved = await ipc.restore({ id: fresh.version.id, base: fresh.revision, part });
      await this.#restored(fresh, saved);
      return true;
    } catch (error) {
      toastError(error);
      return false;
    } finally {
      this.restoring = false;
    }
  }

  async #restored({ version, exists }: VersionDetail, saved: SavedView): Promise<void> {
    if (version.entry !== null) await follow(version.entry, saved.entry);
    await Promise.all([postsChanged(), reload(), this.load()]);
    if (exists) tellRestored(version, saved);
    else tellRevived(saved);
  }
}

/** Whether the text of now is still the one that was shown. */
function sameNow(seen: VersionDetail, fresh: VersionDetail, part: PartName | null): boolean {
  const now = ({ parts }: VersionDetail) =>
    JSON.stringify(parts.filter((one) => part === null || one.part === part).map((one) => one.now));
  return now(seen) === now(fresh);
}

function tellRestored(version: VersionView, saved: SavedView): void {
  const text = t("history.done", { when: moment(version.at) });
  toast(text, { action: { label: t("history.undo"), run: () => void undo(saved) } });
}

function tellRevived({ entry, path }: SavedView): void {
  const open =
    entry === ""
      ? { label: t("history.openPost"), run: () => void openPost(path) }
      : { label: t("history.openEntry"), run: () => void openEntry(entry, { focus: false }) };
  toast(t("history.revived"), { action: open });
}

/** Puts back what stood there before `saved` was put back. */
async function undo(saved: SavedView): Promise<void> {
  try {
    await flushAll();
    const limit = chunk;
    const request =
      saved.entry === ""
        ? { entry: null, post: saved.path, limit }
        : { entry: saved.entry, post: null, limit };
    const { versions } = await ipc.history(request);
    // The newest that was in the file: if anything came after it, what there is now is not what
    // `saved` put there, and putting back is refused.
    const before = versions.find(({ cause }) => cause !== "aside");
    if (!before) {
      toast(t("history.noUndo"), { tone: "error" });
      return;
    }
    const undone = await ipc.restore({ id: before.id, base: saved.revision, part: null });
    if (saved.entry !== "") await follow(saved.entry, undone.entry);
    await Promise.all([postsChanged(), reload(), historyChanged()]);
    toast(t("history.undone"));
  } catch (error) {
    toastError(error);
  }
}

/** Puts back the newest version of an entry that is in no post; null if the history has none. */
export async function restoreNewest(entry: string): Promise<SavedView | null> {
  const { versions } = await ipc.history({ entry, post: null, limit: 1 });
  const [newest] = versions;
  return newest ? await ipc.restore({ id: newest.id, base: null, part: null }) : null;
}

/** Puts back an entry that was just deleted. */
export async function undelete(id: string): Promise<void> {
  try {
    const saved = await restoreNewest(id);
    if (!saved) {
      toast(t("history.noUndo"), { tone: "error" });
      return;
    }
    dropEdits(id);
    await reload();
    await openEntry(saved.entry, { focus: false });
    announce(t("history.revived"));
  } catch (error) {
    toastError(error);
  }
}

/** What is shown now: in the pane, and on the page. */
const open = new Set<Timeline>();

/** A timeline that follows the folder until the returned function is called. */
export function watchTimeline(timeline: Timeline): () => void {
  open.add(timeline);
  void timeline.load();
  return () => {
    open.delete(timeline);
    timeline.dispose();
  };
}

/** Milliseconds of quiet before a list is fetched again: saves come in rows. */
const quiet = 400;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Posts changed: what is shown of the history follows. */
export function historyChangedSoon(): void {
  clearTimeout(timer);
  if (open.size > 0) timer = setTimeout(() => void historyChanged(), quiet);
}

async function historyChanged(): Promise<void> {
  // One that is putting a version back fetches its list itself.
  await Promise.all([...open].filter((one) => !one.restoring).map((one) => one.load()));
}

/** Whether the focus goes to the list of versions as soon as there is one. */
let wanted = false;

/** Puts the focus on the list of versions, at once or when it has been fetched. */
export async function focusVersions(): Promise<void> {
  wanted = true;
  await tick();
  versionsShown();
}

/** A list of versions, or that there are none, has come up. */
export function versionsShown(): void {
  const list = wanted ? document.querySelector<HTMLElement>("[data-versions]") : null;
  if (!list) return;
  wanted = false;
  list.focus({ preventScroll: true });
}
