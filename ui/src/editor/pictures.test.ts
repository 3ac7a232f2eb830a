import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, expect, test, vi } from "vitest";
import { pictures } from "./pictures";

// jsdom lays nothing out.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

let open: EditorView | undefined;
afterEach(() => open?.destroy());

const file = new File(["x"], "a.png", { type: "image/png" });

type Keep = (file: File) => Promise<string | null>;

function editor(text: string, at: number, keep?: Keep) {
  const lost = vi.fn();
  const refuse = vi.fn();
  const state = EditorState.create({ doc: text, extensions: pictures({ keep, lost, refuse }) });
  open = new EditorView({ parent: document.body, state });
  open.dispatch({ selection: { anchor: at } });
  return { view: open, lost, refuse };
}

function paste(view: EditorView, files: File[], text = ""): void {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { files, getData: () => text, items: [] } });
  view.contentDOM.dispatchEvent(event);
}

/** Drops files at `at`; where nothing is laid out, the place is told. */
function drop(view: EditorView, files: File[], at: number | null): Event {
  vi.spyOn(view, "posAtCoords").mockReturnValue(at as number);
  const event = new MouseEvent("drop", { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { files, types: ["Files"], getData: () => "" } });
  view.contentDOM.dispatchEvent(event);
  return event;
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

const named = (name: string, type: string) => new File(["x"], name, { type });
const byName: Keep = (file) => Promise.resolve(file.name);

test("dropped pictures go where they are dropped, one after another", async () => {
  const { view } = editor("가나다", 0, byName);
  const event = drop(view, [named("1.png", "image/png"), named("2.webp", "image/webp")], 2);
  await vi.waitFor(() => expect(view.state.doc.toString()).toBe("가나![](1.png)![](2.webp)다"));
  expect(view.state.selection.main.head).toBe("가나![](1.png)![](2.webp)".length);
  expect(event.defaultPrevented).toBe(true);
});

test("a picture that is dropped below the text goes to its end", async () => {
  const { view } = editor("가", 0, byName);
  drop(view, [named("1.gif", "image/gif")], null);
  await vi.waitFor(() => expect(view.state.doc.toString()).toBe("가![](1.gif)"));
});

test("what is no picture is refused, and its text is not put in; pictures beside it are", async () => {
  const { view, refuse } = editor("가", 1, byName);
  const others = [named("a.txt", "text/plain"), named("b.svg", "image/svg+xml"), named("c", "")];
  const event = drop(view, [...others, named("1.jpg", "image/jpeg")], 1);
  await vi.waitFor(() => expect(view.state.doc.toString()).toBe("가![](1.jpg)"));
  expect(refuse).toHaveBeenCalledExactlyOnceWith(others, "kind");
  expect(event.defaultPrevented).toBe(true);
});

test("a text that takes no pictures, or is only read, refuses every file", () => {
  const none = editor("가", 1);
  drop(none.view, [file], 1);
  expect(none.refuse).toHaveBeenCalledWith([file], "place");
  none.view.destroy();
  const state = EditorState.create({
    doc: "가",
    extensions: [
      EditorState.readOnly.of(true),
      pictures({ keep: byName, lost() {}, refuse: none.refuse }),
    ],
  });
  open = new EditorView({ parent: document.body, state });
  drop(open, [file], 1);
  expect(none.refuse).toHaveBeenCalledTimes(2);
  expect(open.state.doc.toString()).toBe("가");
});

test("dragged text is still the editor's own", () => {
  const { view } = editor("가", 1, byName);
  vi.spyOn(view, "posAtCoords").mockReturnValue(1);
  const event = new MouseEvent("drop", { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { files: [], types: ["text/plain"], getData: () => "나" } });
  view.contentDOM.dispatchEvent(event);
  expect(view.state.doc.toString()).toBe("가나");
});
