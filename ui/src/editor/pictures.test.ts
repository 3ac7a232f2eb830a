import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, expect, test, vi } from "vitest";
import { pastedPictures } from "./pictures";

// jsdom lays nothing out.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

let open: EditorView | undefined;
afterEach(() => open?.destroy());

const file = new File(["x"], "a.png", { type: "image/png" });

function editor(text: string, at: number, keep: () => Promise<string | null>) {
  const lost = vi.fn();
  const state = EditorState.create({ doc: text, extensions: pastedPictures(keep, lost) });
  open = new EditorView({ parent: document.body, state });
  open.dispatch({ selection: { anchor: at } });
  return { view: open, lost };
}

function paste(view: EditorView, files: File[], text = ""): void {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { files, getData: () => text, items: [] } });
  view.contentDOM.dispatchEvent(event);
}

test("a pasted picture becomes a link where it was pasted, whatever is typed meanwhile", async () => {
  let arrive: (link: string) => void = () => {};
  const { view } = editor("가나", 1, () => new Promise((resolve) => (arrive = resolve)));
  paste(view, [file]);
  view.dispatch({ changes: { from: 0, insert: "새 " } });
  arrive("assets/a.png");
  await vi.waitFor(() => expect(view.state.doc.toString()).toBe("새 가![](assets/a.png)나"));
  expect(view.state.selection.main.head).toBe("새 가![".length);
});

test("nothing is put in where the picture could not be kept", async () => {
  const { view, lost } = editor("가", 1, () => Promise.resolve(null));
  paste(view, [file]);
  await Promise.resolve();
  expect(view.state.doc.toString()).toBe("가");
  expect(lost).not.toHaveBeenCalled();
});

test("the link is told where the text is not shown any more", async () => {
  let arrive: (link: string) => void = () => {};
  const { view, lost } = editor("가", 1, () => new Promise((resolve) => (arrive = resolve)));
  paste(view, [file]);
  view.setState(EditorState.create({ doc: "다른 글" }));
  arrive("a.png");
  await vi.waitFor(() => expect(lost).toHaveBeenCalledWith("a.png"));
  expect(view.state.doc.toString()).toBe("다른 글");
});

test("text with a picture of itself is pasted as text", () => {
  const keep = vi.fn();
  const { view } = editor("", 0, keep);
  paste(view, [file], "표");
  expect(keep).not.toHaveBeenCalled();
});

test("while a syllable is open, the link waits", async () => {
  const { view } = editor("가", 1, () => Promise.resolve("a.png"));
  let composing = true;
  Object.defineProperty(view, "composing", { get: () => composing });
  const listening = vi.spyOn(view.contentDOM, "addEventListener");
  paste(view, [file]);
  await vi.waitFor(() => expect(listening.mock.calls[0]?.[0]).toBe("compositionend"));
  expect(view.state.doc.toString()).toBe("가");
  composing = false;
  view.contentDOM.dispatchEvent(new CompositionEvent("compositionend"));
  await vi.waitFor(() => expect(view.state.doc.toString()).toBe("가![](a.png)"));
});
