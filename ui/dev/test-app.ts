// The whole window over the mock's notebook, for tests from the user's side.
//
// A test that imports this has the mock in place of the shell. The app itself is loaded by
// `openWindow`; a module of it that a test imports must come after this one.

import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterAll, expect, vi } from "vitest";

vi.mock("@tauri-apps/api/core", () => import("./mock-core"));
vi.mock("@tauri-apps/api/event", () => import("./mock-event"));
vi.mock("@tauri-apps/api/window", () => import("./mock-window"));

// The first use of a dialog fetches it, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 5000 });

// What a test started may still be on its way when the last one ends. It must find no window to
// draw in: the document is gone by then.
afterAll(() => cleanup());

/** What a browser has and jsdom lacks. */
function fillIn(): void {
  class Observer {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  }
  vi.stubGlobal("ResizeObserver", Observer);
  vi.stubGlobal("matchMedia", () => Object.assign(new EventTarget(), { matches: false }));
  Element.prototype.scrollTo = () => {};
  Element.prototype.scrollIntoView = () => {};
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
}

/** Opens the window, once for all tests of a file. */
export async function openWindow(): Promise<void> {
  fillIn();
  const { default: App } = await import("../src/App.svelte");
  render(App);
  await waitFor(() => screen.getByTestId("today"), { timeout: 10_000 });
}

/** Opens an entry as another view does it, with the cursor in its editor. */
export async function openEntry(id: string): Promise<void> {
  const navigation = await import("../src/state/navigation.svelte");
  await navigation.openEntry(id, { focus: true });
  await waitFor(() => screen.getByTestId("editor"));
}

/** Presses a key where the focus is: `press("KeyD", { ctrlKey: true, shiftKey: true })`. */
export function press(code: string, init: KeyboardEventInit = {}): Promise<boolean> {
  const key = code.replace(/^Key/, "").toLowerCase();
  const named = code.startsWith("Key") ? key : code;
  return fireEvent.keyDown(document.activeElement ?? document.body, { code, key: named, ...init });
}

export const ctrl = { ctrlKey: true };
export const ctrlShift = { ctrlKey: true, shiftKey: true };

/** A key of an input method at work. */
export const composed = { isComposing: true, keyCode: 229 };

/** Where the focus is, by test id. */
export const focused = () => document.activeElement?.getAttribute("data-testid");
export const focusIs = (testid: string): Promise<void> =>
  waitFor(() => expect(focused()).toBe(testid));

export function field(testid: string): HTMLInputElement {
  return screen.getByTestId(testid);
}

export const type = (testid: string, value: string): Promise<boolean> =>
  fireEvent.input(field(testid), { target: { value } });

/** Waits until something is said of what stands on the sheet. */
export const see = (testid: string, text: string): Promise<void> =>
  waitFor(() => {
    const shown = screen.getByTestId(testid).textContent ?? "";
    if (!shown.includes(text)) throw new Error(`${testid} says ${shown}`);
  });

/** Waits until a notice says `text`. */
export const toasted = (text: string): Promise<void> =>
  waitFor(() =>
    expect(screen.getAllByTestId("toast").map((one) => one.textContent)).toContainEqual(
      expect.stringContaining(text),
    ),
  );

/** Waits until nothing with the test id is left. */
export const gone = (testid: string): Promise<void> =>
  waitFor(() => {
    if (screen.queryByTestId(testid)) throw new Error(`${testid} is still there`);
  });
