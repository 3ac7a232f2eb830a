import { configure, fireEvent, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { byId } from "../../dev/mock-book";
import { emit } from "../../dev/mock-event";
import { ask, libraries, visit } from "../../dev/mock-visits";
import { gone, openEntry, openWindow, press, see } from "../../dev/test-app";
import type { ArrivalView, OpenedView } from "../ipc/types";

configure({ asyncUtilTimeout: 5000 });
vi.setConfig({ testTimeout: 30_000 });

const opened = (folder: string): OpenedView => ({
  name: folder.split("/").at(-1) ?? folder,
  folder,
  sample: false,
  watching: { mode: "events", reason: null, file_system: null, every_seconds: null, remedy: null },
});

const here = opened("/home/me/blog/_posts");
const nothing: ArrivalView = {
  opened: here,
  failed: null,
  entry: null,
  post: null,
  bookmark: null,
  page: null,
  drafts: null,
};

beforeAll(async () => {
  await openWindow();
  await openEntry("e1");
}, 60_000);
beforeEach(() => {
  visit.bookmark = null;
});

const question = (id: string) => see("question", byId(id).question);

describe("another start", () => {
  it("leads to the entry it names, after what is typed was saved", async () => {
    await openEntry("e4");
    const { edited } = await import("../state/entry.svelte");
    edited("e4", "먼저 저장될 말");
    ask({ ...nothing, entry: "e2" }, false);
    await question("e2");
    await waitFor(() => expect(byId("e4").answer).toContain("먼저 저장될 말"));
  });

  it("in another folder opens that, where the user was in it", async () => {
    await openEntry("e1");
    const other = opened("/home/me/notes");
    const at = { view: "entry", entry: "e3", post: null, anchor: 0, head: 0, scroll: 0 } as const;
    ask({ ...nothing, opened: other, bookmark: at }, true);
    await question("e3");
    expect(document.title).toContain("notes");
    // Where the user was in the first one was kept before it was left.
    expect(visit.bookmark).toMatchObject({ view: "entry", entry: "e1" });
    ask(nothing, true);
    await waitFor(() => expect(document.title).toContain("_posts"));
  });

  it("that leads nowhere is said, and what is shown stays", async () => {
    await openEntry("e1");
    const error = { code: "link_refused", message: "x", path: "notes", line: null } as const;
    ask({ ...nothing, failed: error }, false);
    await waitFor(() => expect(screen.getByTestId("toast").textContent).toContain("notes"));
    await question("e1");
    await fireEvent.click(screen.getByTestId("toast").querySelector("button") as HTMLElement);
  });
});

describe("a folder that is away", () => {
  it("is told of as long as it is", async () => {
    emit("folder-there", false);
    const told = await waitFor(() => screen.getByTestId("folder-gone"));
    expect(told.textContent).toContain("/home/me/blog/_posts");
    emit("folder-there", true);
    await gone("folder-gone");
    await waitFor(() => expect(screen.getByTestId("toast").textContent).toContain("돌아왔습니다"));
  });
});

describe("the list of notebooks", () => {
  it("shows which is open and which are missing, and forgets one by key", async () => {
    await openEntry("e1");
    await press("KeyO", { ctrlKey: true, altKey: true });
    const rows = await waitFor(() => {
      const found = screen.getAllByTestId("library");
      expect(found.length).toBe(3);
      return found;
    });
    expect(rows[0]?.querySelector("[aria-current]")).toBeTruthy();
    expect(rows[2]?.textContent).toContain("폴더 없음");
    // The focus is on the first other one; one down is the missing one.
    await waitFor(() => expect(document.activeElement?.textContent).toContain("notes"));
    await press("ArrowDown");
    expect(document.activeElement?.textContent).toContain("2025");
    await press("Delete");
    await waitFor(() => expect(screen.getAllByTestId("library").length).toBe(2));
    expect(libraries.some(({ missing }) => missing)).toBe(false);
    await press("Enter");
    await fireEvent.click(document.activeElement as HTMLElement);
    await gone("libraries-dialog");
    await waitFor(() => expect(document.title).toContain("notes"));
  });
});
