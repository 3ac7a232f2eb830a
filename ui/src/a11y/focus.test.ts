import { beforeAll, expect, test } from "vitest";
import { moveRegion } from "./focus";

beforeAll(() => {
  // jsdom lays nothing out, so that nothing has a parent it is placed by.
  Object.defineProperty(HTMLElement.prototype, "offsetParent", { get: () => document.body });
});

/** Where the focus goes from `start` by steps of `step`, by id, until it is back. */
function round(html: string, start: string, step: 1 | -1): string[] {
  document.body.innerHTML = html;
  document.getElementById(start)?.focus();
  const passed: string[] = [];
  while (passed.length < 10) {
    moveRegion(step);
    const id = document.activeElement?.id ?? "";
    if (id === start) return passed;
    passed.push(id);
  }
  return passed;
}

const flat = `
  <nav data-region tabindex="-1" id="nav"></nav>
  <main data-region tabindex="-1" id="main"><p tabindex="-1" data-region-focus id="text"></p></main>`;
const nested = `
  <nav data-region tabindex="-1" id="nav"></nav>
  <main data-region tabindex="-1" id="main">
    <ul tabindex="-1" data-region-focus id="list"></ul>
    <div data-region tabindex="-1" id="detail"></div>
  </main>`;

test.each([
  ["goes round", flat, "nav", 1, ["text"]],
  ["goes through a region inside another", nested, "nav", 1, ["list", "detail"]],
  ["goes on from a region inside another", nested, "detail", 1, ["nav", "list"]],
  ["goes back through a region inside another", nested, "nav", -1, ["detail", "list"]],
] as const)("%s", (_, html, start, step, passed) => {
  expect(round(html, start, step)).toEqual(passed);
});
