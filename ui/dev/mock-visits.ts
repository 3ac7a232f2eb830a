// The mock's notebooks that were opened before, and what reaches the window from outside.

import type { ArrivalView, Bookmark, LibraryView } from "../src/ipc/types";
import { emit } from "./mock-event";

export const libraries: LibraryView[] = [
  { folder: "/home/me/blog/_posts", missing: false, sample: false },
  { folder: "/home/me/notes", missing: false, sample: false },
  {
    folder: "/media/usb/아주 긴 이름의 외장 드라이브/면접 준비/2025",
    missing: true,
    sample: false,
  },
];

export const visit: { arrival: ArrivalView | null; bookmark: Bookmark | null } = {
  arrival: null,
  bookmark: null,
};

/** Another start of the program wants something. */
export function ask(arrival: ArrivalView, elsewhere: boolean): void {
  visit.arrival = arrival;
  emit("asked", { elsewhere });
}

// biome-ignore lint/suspicious/noExplicitAny: arguments are as the caller typed them
type Args = any;

export const visits: Record<string, (args: Args) => unknown> = {
  arrive: () => {
    const { arrival } = visit;
    visit.arrival = null;
    return arrival;
  },
  bookmark: () => visit.bookmark,
  keep_bookmark: ({ bookmark }: { bookmark: Bookmark }) => {
    visit.bookmark = bookmark;
    return null;
  },
  entry_link: ({ id }) => `dapanji://entry/${id}?folder=_posts`,
  set_menu: () => null,
  enable_commands: () => null,
  libraries: () => [...libraries],
  forget_library: ({ folder }) => {
    const at = libraries.findIndex((one) => one.folder === folder);
    if (at >= 0) libraries.splice(at, 1);
    return null;
  },
};
