import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, expect, test } from "vitest";
import "./setup";
import { guardSyllables } from "./syllables";

let stop: () => void;
let field: HTMLInputElement;
/** Whether a syllable is out of the text, as it was told last. */
let away: boolean;

beforeEach(() => {
  field = document.createElement("input");
  document.body.append(field);
  away = false;
  stop = guardSyllables(document, (now) => {
    away = now;
  });
});
afterEach(() => {
  stop();
  field.remove();
});

/** Plays events as the engine sends them; returns what stands in the field. */
function play(events: string[]): string {
  for (const line of events) {
    const [type = "", data = ""] = line.split(" ");
    const init = { bubbles: true, cancelable: true };
    const awayBefore = away;
    if (type === "insert") {
      const event = new InputEvent("beforeinput", {
        ...init,
        inputType: "insertFromComposition",
        data,
      });
      if (!field.dispatchEvent(event)) continue;
      expect(away, "nothing is back before it stands in the text").toBe(awayBefore);
      field.value += data;
      field.dispatchEvent(new InputEvent("input", { ...init, inputType: "insertFromComposition" }));
    } else if (type === "key") {
      field.dispatchEvent(new KeyboardEvent("keydown", { ...init, key: data }));
    } else if (type === "blur") {
      field.dispatchEvent(new FocusEvent("blur"));
    } else {
      field.dispatchEvent(new CompositionEvent(`composition${type}`, { ...init, data }));
    }
  }
  return field.value;
}

/** What the engine sends first when 성 is cut: it ends the composition and keeps nothing of it. */
const cut = ["start", "update 성", "end"];

test.each<[name: string, events: string[], written: string]>([
  [
    "a syllable handed over again while the focus leaves is refused",
    [
      "start",
      "update 성",
      "insert 성",
      "end 성",
      "key Unidentified",
      "insert 성",
      "end 성",
      "key Alt",
      "key Unidentified",
      "insert 성",
      "end 성",
    ],
    "성",
  ],
  [
    "a composition that ended empty takes its syllable afterwards, once",
    [...cut, "key Unidentified", "insert 성", "end 성", "insert 성"],
    "성",
  ],
  [
    "a click that takes the focus before the syllable is handed over loses nothing",
    [...cut, "blur", "key Unidentified", "end 성"],
    "성",
  ],
  [
    "a syllable put back when the focus went is not taken again",
    [...cut, "blur", "key Unidentified", "insert 성", "end 성"],
    "성",
  ],
  [
    "a syllable that was handed over is not put back",
    [...cut, "insert 성", "end 성", "blur"],
    "성",
  ],
  [
    "a letter that the user took back stays away",
    ["start", "update ㅅ", "end", "key Backspace", "blur"],
    "",
  ],
  [
    "the same syllable typed twice stands twice",
    ["start", "insert 가", "end 가", "start", "update 가", "insert 가", "end 가"],
    "가가",
  ],
  [
    "another key in between makes it new",
    ["start", "insert 가", "end 가", "key ArrowLeft", "insert 가"],
    "가가",
  ],
  ["other scripts are none of its business", ["end 。", "insert 。"], "。"],
])("%s", (_, events, written) => {
  expect(play(events)).toBe(written);
});

test.each<[name: string, events: string[], away: boolean]>([
  ["a syllable is away from its cut", cut, true],
  ["until it is handed over", [...cut, "key Unidentified", "insert 성"], false],
  ["or put back", [...cut, "blur"], false],
  ["or another one begins", [...cut, "start"], false],
  ["or the user does something else", [...cut, "key ArrowLeft"], false],
  [
    "a composition that ends with its syllable has none away",
    ["start", "update 성", "end 성"],
    false,
  ],
  ["nor has one that the user emptied", ["start", "update ㅅ", "update", "end"], false],
])("%s", (_, events, expected) => {
  play(events);
  expect(away).toBe(expected);
});

test("the answer's editor gets its syllable back", () => {
  const view = new EditorView({ doc: "동시", selection: { anchor: 2 }, parent: document.body });
  const content = view.contentDOM;
  content.dispatchEvent(new CompositionEvent("compositionstart"));
  content.dispatchEvent(new CompositionEvent("compositionupdate", { data: "성" }));
  content.dispatchEvent(new CompositionEvent("compositionend", { data: "" }));
  content.dispatchEvent(new FocusEvent("blur"));
  expect(view.state.doc.toString()).toBe("동시성");
  view.destroy();
});
