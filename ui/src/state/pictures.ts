// Pictures that are put into the folder.

import { t } from "../i18n";
import type { Dropped } from "../ipc/client";
import * as ipc from "../ipc/client";
import { toast, toastError } from "./ui.svelte";

/** The largest picture that is taken, in bytes. */
const most = 12 * 1024 * 1024;

/** Puts a picture into the folder of a post. Resolves to its link; null if that failed, which is told. */
export async function keepPicture(post: string, file: File): Promise<string | null> {
  if (file.size > most) {
    toast(t("picture.large"), { tone: "error" });
    return null;
  }
  try {
    const { path, link } = await ipc.addPicture({ post, data: await base64(file) });
    toast(t("picture.added", { path }));
    return link;
  } catch (error) {
    toastError(error);
    return null;
  }
}

/** The link of a picture whose text is not shown any more can be put in by hand. */
export function pictureLost(link: string): void {
  const run = () => void navigator.clipboard.writeText(`![](${link})`).catch(toastError);
  toast(t("picture.lost"), { action: { label: t("picture.copy"), run } });
}

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error);
    // `data:image/png;base64,…`
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.readAsDataURL(file);
  });
}

/** Says that dropped or pasted files are not taken, and which would be. */
export function filesRefused(files: readonly File[], why: "kind" | "place"): void {
  const name = files[0]?.name ?? "";
  const words = { name, count: files.length };
  if (why === "place") toast(t("picture.place"), { tone: "error" });
  else toast(t(files.length === 1 ? "picture.kind" : "picture.kinds", words), { tone: "error" });
}

const ofFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;

/** Files over the window: the engine does nothing of its own with them, such as to leave the page. */
export function filesOver(event: DragEvent): void {
  if (!ofFiles(event)) return;
  event.preventDefault();
  // Also where they are not taken: a folder is dropped on the window as a whole, not on the page.
  if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
}

/** Files that were dropped where no text took them. */
export function filesDropped(event: DragEvent): void {
  if (!ofFiles(event) || event.defaultPrevented) return;
  event.preventDefault();
  filesRefused([...(event.dataTransfer?.files ?? [])], "place");
}

/**
 * Drops files of another program on the page where the engine gave it nothing but their addresses, as
 * WebKitGTK does: from here on it is the drop that other engines make of it.
 */
export async function dropFromOutside({ x, y, files }: Dropped): Promise<void> {
  const under = document.elementFromPoint(x, y);
  if (!under) return;
  if (files.some(({ picture, size }) => picture !== null && size > most)) {
    toast(t("picture.large"), { tone: "error" });
    return;
  }
  try {
    const dataTransfer = new DataTransfer();
    for (const [nth, { name, picture }] of files.entries()) {
      // What is in a file that is not taken is nobody's business.
      const parts = picture === null ? [] : [bytes(await ipc.droppedFile(nth))];
      dataTransfer.items.add(new File(parts, name, { type: picture ?? "" }));
    }
    const at = { clientX: x, clientY: y };
    under.dispatchEvent(
      new DragEvent("drop", { ...at, dataTransfer, bubbles: true, cancelable: true }),
    );
  } catch (error) {
    toastError(error);
  }
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
