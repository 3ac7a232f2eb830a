import { afterEach, beforeEach, expect, test } from "vitest";
import { refuseDoubledSyllables } from "./doubled";

let stop: () => void;
let field: HTMLInputElement;

beforeEach(() => {
  field = document.createElement("input");
  document.body.append(field);
  stop = refuseDoubledSyllables(document);
});
afterEach(() => {
  stop();
  field.remove();
});

/** Plays events as the engine sends them; returns which texts were let through. */
function play(events: string[]): string[] {
  const written: string[] = [];
  for (const line of events) {
    const [type = "", data = ""] = line.split(" ");
    const init = { bubbles: true, cancelable: true };
    if (type === "insert") {
      const event = new InputEvent("beforeinput", {
        ...init,
        inputType: "insertFromComposition",
        data,
      });
      if (field.dispatchEvent(event)) written.push(data);
    } else if (type === "key") {
      field.dispatchEvent(new KeyboardEvent("keydown", { ...init, key: data }));
    } else {
      field.dispatchEvent(new CompositionEvent(`composition${type}`, { ...init, data }));
    }
  }
  return written;
}

test.each<{ name: string; events: string[]; written: string[] }>([
  {
    name: "a syllable handed over again while the focus leaves is refused",
    events: [
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
    written: ["성"],
  },
  {
    name: "a composition that ended empty takes its syllable afterwards, once",
    events: ["start", "update 성", "end", "key Unidentified", "insert 성", "end 성", "insert 성"],
    written: ["성"],
  },
  {
    name: "the same syllable typed twice stands twice",
    events: ["start", "insert 가", "end 가", "start", "update 가", "insert 가", "end 가"],
    written: ["가", "가"],
  },
  {
    name: "another key in between makes it new",
    events: ["start", "insert 가", "end 가", "key ArrowLeft", "insert 가"],
    written: ["가", "가"],
  },
  {
    name: "other scripts are none of its business",
    events: ["end 。", "insert 。"],
    written: ["。"],
  },
])("$name", ({ events, written }) => {
  expect(play(events)).toEqual(written);
});
