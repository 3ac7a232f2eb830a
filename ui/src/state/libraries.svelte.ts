// The notebooks that were opened before, and links into them.

import { t } from "../i18n";
import type { LibraryView } from "../ipc/client";
import * as ipc from "../ipc/client";
import { copyText } from "./clipboard";
import { current } from "./entry.svelte";
import { notebook } from "./notebook.svelte";
import { toastError } from "./ui.svelte";

export const libraries = $state<{ all: LibraryView[] }>({ all: [] });

/** Looks which notebooks there are. One on a drive that is away is listed as missing. */
export async function loadLibraries(): Promise<void> {
  try {
    libraries.all = await ipc.libraries();
  } catch (error) {
    toastError(error);
  }
}

/** Takes a notebook off the list; its folder stays as it is. */
export async function forgetLibrary(folder: string): Promise<void> {
  try {
    await ipc.forgetLibrary(folder);
    notebook.recent = notebook.recent.filter((other) => other !== folder);
    await loadLibraries();
  } catch (error) {
    toastError(error);
  }
}

/** The last part of a path, as a notebook is called. */
export function folderName(folder: string): string {
  return folder.split(/[\\/]/).filter(Boolean).at(-1) ?? folder;
}

/** What a notebook is called on the list. */
export function libraryName({ folder, sample }: LibraryView): string {
  return sample ? t("side.sample") : folderName(folder);
}

/** Copies the link that opens the question on the sheet. */
export async function copyLink(): Promise<void> {
  const id = current.page?.entry.id;
  if (id === undefined) return;
  try {
    const link = await ipc.entryLink(id);
    if (link !== null) await copyText(link);
  } catch (error) {
    toastError(error);
  }
}
