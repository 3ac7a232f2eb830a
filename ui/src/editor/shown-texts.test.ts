import { undo } from "@codemirror/commands";
import { afterEach, expect, test, vi } from "vitest";
import { typeAtOnce } from "../../dev/test-editor";
import { ShownTexts } from "./shown-texts";

// jsdom lays nothing out.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

let open: ShownTexts | undefined;
afterEach(() => open?.destroy());

function texts() {
  const wanted = { id: "a", text: "text a", locked: false };
  const hooks = {
    edited: vi.fn(),
    composing: vi.fn(),
    left: vi.fn(),
    wanted: () => wanted,
    scroller: () => undefined,
  };
  const shown = new ShownTexts(document.body, hooks);
  open = shown;
  shown.show();
  const go = (id: string, text: string) => {
    Object.assign(wanted, { id, text });
    shown.show();
  };
  return { shown, wanted, hooks, go, doc: () => shown.view.state.doc.toString() };
}

test("each text keeps its cursor and its steps to undo", () => {
  const { shown, go, doc, hooks } = texts();
  shown.view.dispatch({ selection: { anchor: 6 } });
  typeAtOnce(shown.view, "!");
  expect(hooks.edited).toHaveBeenLastCalledWith("a", "text a!");
  go("b", "text b");
  expect(doc()).toBe("text b");
  expect(undo(shown.view)).toBe(false);
  go("a", "text a!");
  expect(shown.view.state.selection.main.head).toBe(7);
  expect(undo(shown.view)).toBe(true);
  expect(doc()).toBe("text a");
});

test("what the file says by now comes in, shown or not, and is no edit", () => {
  const { shown, go, doc, hooks } = texts();
  shown.replace("a", "text A");
  expect(doc()).toBe("text A");
  go("b", "b");
  shown.replace("a", "new a");
  go("a", "new a");
  expect(doc()).toBe("new a");
  expect(hooks.edited).not.toHaveBeenCalled();
});

test("while a syllable is open the text stays, and the other one comes after it", () => {
  const { shown, go, doc, hooks } = texts();
  const composing = vi.spyOn(shown.view, "composing", "get").mockReturnValue(true);
  go("b", "text b");
  expect(doc()).toBe("text a");
  composing.mockReturnValue(false);
  shown.show();
  expect(doc()).toBe("text b");
  // Its end is told to the text it was open in.
  expect(hooks.composing).toHaveBeenLastCalledWith("a", false);
});

test("a text is locked and opened where it stands", () => {
  const { shown, wanted } = texts();
  wanted.locked = true;
  shown.show();
  expect(shown.view.state.readOnly).toBe(true);
  wanted.locked = false;
  shown.show();
  expect(shown.view.state.readOnly).toBe(false);
});

test("a forgotten text begins anew", () => {
  const { shown, go, doc } = texts();
  shown.view.dispatch({ selection: { anchor: 4 } });
  go("b", "b");
  shown.forget("a");
  go("a", "another");
  expect(doc()).toBe("another");
  expect(shown.view.state.selection.main.head).toBe(0);
});
