// The whole of a day's work by keyboard alone, in a real browser: what has the focus, where it goes
// back to, and what a screen reader is told.

import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openPage } from "./open";

afterAll(closeBrowser);

const look = { lang: "ko", theme: "light" } as const;
const see = (page: Page, testid: string) => page.getByTestId(testid).first().waitFor();
const key = (page: Page, ...keys: string[]) =>
  keys.reduce((before, one) => before.then(() => page.keyboard.press(one)), Promise.resolve());

/** The test id, role or tag of what has the focus. */
const focus = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (at?.closest(".cm-content")) return "editor";
    return at?.getAttribute("data-testid") ?? at?.getAttribute("role") ?? at?.tagName ?? "";
  });

const focusIs = (page: Page, name: string) =>
  expect.poll(() => focus(page), { timeout: 10_000 }).toBe(name);

/** What the live regions have said since `listen`. */
const heard = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.join("\n"));
const hears = (page: Page, words: string | RegExp) =>
  expect.poll(() => heard(page), { timeout: 10_000 }).toMatch(words);

/** Notes what live regions say from now on. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { heard: said });
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        for (const node of [target, ...addedNodes]) {
          const element = node instanceof Element ? node : node.parentElement;
          const live = element?.closest('[aria-live], [role="status"], [role="alert"]');
          if (live?.textContent) said.push(live.textContent.replace(/\s+/g, " ").trim());
        }
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });

/** Presses Tab until `testid` has the focus. Every stop must be seen and have a name. */
async function tabTo(page: Page, testid: string): Promise<void> {
  for (let step = 0; step < 60; step++) {
    if ((await focus(page)) === testid) return;
    await key(page, "Tab");
    const { named, shown } = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement;
      const box = at.getBoundingClientRect();
      const text =
        at.getAttribute("aria-label") ?? at.getAttribute("aria-labelledby") ?? at.textContent;
      const labels = (at as HTMLInputElement).labels?.length ?? 0;
      return {
        named: labels > 0 || (text ?? "").trim() !== "" || at === document.body,
        shown: at === document.body || (box.width > 0 && box.height > 0),
      };
    });
    expect({ at: await focus(page), named, shown }).toMatchObject({ named: true, shown: true });
  }
  throw new Error(`Tab does not reach ${testid}`);
}

test("from an empty machine to a written, compared, found and exported answer", async () => {
  const page = await openPage("first", look);
  await see(page, "first-sample");
  await key(page, "ArrowDown", "Enter");
  await see(page, "today-entry");
  await listen(page);

  // One key begins.
  await key(page, "Enter");
  await focusIs(page, "editor");
  await page.keyboard.type("재시도할 실패와 아닌 실패를 먼저 나눕니다. ");
  await hears(page, "저장됨");

  await key(page, "Control+Enter");
  await see(page, "model-text");
  await hears(page, "모범 답안을 펼쳤습니다");
  await focusIs(page, "editor");

  await key(page, "Control+Shift+Enter");
  await see(page, "compare-pairs");
  await key(page, "Escape");
  await focusIs(page, "editor");

  await key(page, "Control+Shift+f");
  await focusIs(page, "search-input");
  await page.keyboard.type("캐시");
  await see(page, "search-preview");
  await hears(page, /\d+곳 찾음/);
  await key(page, "Enter");
  await see(page, "matches");
  await key(page, "F3");
  await hears(page, /곳 가운데 \d+번째/);
  await key(page, "Escape");
  await focusIs(page, "editor");

  await key(page, "Control+e");
  await see(page, "export-dialog");
  await key(page, "Control+Enter");
  await see(page, "export-result");
  await hears(page, "PDF를 만들었습니다");
  await key(page, "Escape");
  await focusIs(page, "editor");
  await page.context().close();
});

test("a question is added, looked for, moved and deleted without a pointer", async () => {
  const page = await openPage("", look);
  await see(page, "today-entry");
  await listen(page);
  await key(page, "Control+n");
  await see(page, "add-dialog");
  await tabTo(page, "add-question");
  await page.keyboard.type("세마포어와 뮤텍스는 무엇이 다른가요?");
  await key(page, "Control+Enter");
  await hears(page, "새 문제 1개를 더했습니다");
  await focusIs(page, "editor");

  await key(page, "Control+k");
  await focusIs(page, "palette-input");
  await page.keyboard.type("옮기기");
  await key(page, "Enter");
  await see(page, "move-dialog");
  await tabTo(page, "move-dialog-run");
  await key(page, "Escape");
  await focusIs(page, "editor");

  await key(page, "Control+Shift+Backspace");
  await see(page, "delete-dialog");
  await focusIs(page, "delete-dialog-cancel");
  await tabTo(page, "delete-dialog-run");
  await key(page, "Enter");
  await hears(page, "지웠습니다");
  await page.context().close();
});

test.each([
  ["search", "Control+Shift+f", "search-dialog"],
  ["palette", "Control+k", "palette-dialog"],
  ["quick", "Control+p", "palette-dialog"],
  ["export", "Control+e", "export-dialog"],
  ["add", "Control+n", "add-dialog"],
  ["settings", "Control+,", "settings"],
  ["move", "Control+Shift+d", "move-dialog"],
  ["delete", "Control+Shift+Backspace", "delete-dialog"],
  ["day", "Control+Shift+n", "day-dialog"],
  ["post", "Control+Alt+n", "post-dialog"],
])("%s keeps the focus inside and gives it back", async (_, keys, dialog) => {
  const page = await openPage("entry=e1", look);
  await focusIs(page, "editor");
  await key(page, keys);
  await see(page, dialog);
  const inside = () =>
    page.evaluate((id) => {
      const box = document.querySelector(`[data-testid="${id}"]`);
      return box?.contains(document.activeElement) ?? false;
    }, dialog);
  await expect.poll(inside).toBe(true);
  for (let step = 0; step < 12; step++) {
    await key(page, step % 3 === 2 ? "Shift+Tab" : "Tab");
    expect(await inside()).toBe(true);
  }
  await key(page, "Escape");
  await focusIs(page, "editor");
  await page.context().close();
});

test("F6 goes round the regions both ways", async () => {
  const page = await openPage("entry=e1", look);
  await focusIs(page, "editor");
  const region = () =>
    page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLElement>("[data-region]")];
      return all.findLast((one) => one.contains(document.activeElement))?.className.split(" ")[0];
    });
  const passed = [
    ["F6", "pane"],
    ["F6", "side"],
    ["F6", "main"],
    ["Shift+F6", "side"],
  ] as const;
  for (const [keys, name] of passed) {
    await key(page, keys);
    await expect.poll(region, { message: keys }).toBe(name);
  }
  await page.context().close();
});

test("the calendar is one stop, moves by days, weeks and months, and shows a day's questions", async () => {
  const page = await openPage("entry=e1", look);
  await focusIs(page, "editor");
  await key(page, "Control+2");
  await focusIs(page, "gridcell");
  const at = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.date ?? "");
  await expect.poll(at).toBe("2025-05-22");
  expect(await page.locator('.cal [tabindex="0"]').count()).toBe(1);
  const label = () =>
    page.evaluate(() => document.activeElement?.querySelector(".vh")?.textContent);
  for (const [keys, date] of [
    ["ArrowLeft", "2025-05-21"],
    ["ArrowUp", "2025-05-14"],
    ["Home", "2025-05-11"],
    ["End", "2025-05-17"],
    ["PageUp", "2025-04-17"],
    ["Shift+PageUp", "2024-04-17"],
    ["Shift+PageDown", "2025-04-17"],
    ["PageDown", "2025-05-17"],
  ] as const) {
    await key(page, keys);
    await expect.poll(at).toBe(date);
  }
  await key(page, "Home", "ArrowDown", "ArrowDown");
  await expect.poll(at).toBe("2025-05-25");
  await key(page, "ArrowUp", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight");
  await expect.poll(at).toBe("2025-05-14");
  expect(await label()).toMatch(/^5월 14일 (?:\d문제|문제 없음)/);
  await key(page, "Enter");
  expect(await page.locator('[aria-selected="true"][data-date]').getAttribute("data-date")).toBe(
    "2025-05-14",
  );
  await expect
    .poll(() => page.getByTestId("day-list").evaluate((list) => list.scrollTop))
    .toBeGreaterThan(300);
  await page.context().close();
});

test("a key is chosen, refused, taken from another, and undone by keyboard", async () => {
  const page = await openPage("entry=e1", look);
  await focusIs(page, "editor");
  await listen(page);
  await key(page, "Control+,");
  await focusIs(page, "settings-looks");
  await key(page, "ArrowDown", "ArrowDown");
  await focusIs(page, "settings-keys");
  await tabTo(page, "key-today");
  await key(page, "Enter", "t");
  await see(page, "key-refused");
  await key(page, "Control+e");
  await see(page, "key-conflict");
  await focusIs(page, "key-take");
  await key(page, "Enter");
  await focusIs(page, "key-today");
  await hears(page, "‘PDF로 내보내기’에는 이제 키가 없습니다");
  expect(await page.getByTestId("key-export").textContent()).toContain("없음");
  // Escape stops choosing; the settings stay.
  await key(page, "Enter", "Escape");
  await focusIs(page, "key-today");
  await see(page, "settings");
  await key(page, "Escape");
  await focusIs(page, "editor");
  await key(page, "Control+e");
  await see(page, "today-entry");
  expect(await page.getByTestId("nav-today").textContent()).toContain("Ctrl+E");

  await key(page, "Control+,");
  await tabTo(page, "keys-reset-all");
  await key(page, "Enter");
  await hears(page, "모든 단축키를 처음대로 돌렸습니다");
  await key(page, "Escape", "Control+e");
  await see(page, "export-dialog");
  await page.context().close();
});

test("a setting is found by typing, set, and left by keyboard", async () => {
  const page = await openPage("entry=e1", look);
  await focusIs(page, "editor");
  await listen(page);
  await key(page, "Control+,");
  await focusIs(page, "settings-looks");
  // Typing anywhere in the settings finds; so does the key for finding.
  await page.keyboard.type("ruled");
  await focusIs(page, "settings-find");
  await hears(page, "설정 1개");
  await key(page, "ArrowDown");
  await focusIs(page, "switch");
  await key(page, "Space");
  expect(await page.locator(".switch").isChecked()).toBe(false);
  await key(page, "Control+f");
  await focusIs(page, "settings-find");
  await page.keyboard.type("없는 설정");
  await hears(page, "‘없는 설정’에 맞는 설정이 없습니다");
  await key(page, "Escape");
  await see(page, "settings");
  await focusIs(page, "settings-find");
  expect(await page.getByTestId("settings-find").inputValue()).toBe("");
  await key(page, "Escape");
  await focusIs(page, "editor");
  await page.context().close();
});

test("the find bar has the focus in the answer and in the whole post, whichever was seen before", async () => {
  const page = await openPage("entry=e1", look);
  await focusIs(page, "editor");
  await key(page, "Control+Shift+s");
  await see(page, "source-editor");
  await key(page, "Control+f");
  await focusIs(page, "find-input");
  await key(page, "Escape");
  await focusIs(page, "editor");
  await key(page, "Control+Shift+s");
  await see(page, "editor");
  await key(page, "Control+f");
  await focusIs(page, "find-input");
  await page.keyboard.type("멱등");
  await page.locator(".find-mark").first().waitFor();
  expect(await page.getByTestId("find").count()).toBe(1);
  await page.context().close();
});

test("a conflict is told at once and settled by keyboard", async () => {
  const page = await openPage("entry=e1", look);
  await focusIs(page, "editor");
  await listen(page);
  await page.keyboard.type("여기서 쓰던 글 ");
  await page.evaluate(() => {
    const { outside } = globalThis as unknown as { outside: (id: string, text: string) => void };
    outside("e1", "밖에서 고친 글입니다.");
  });
  await see(page, "conflict");
  await hears(page, "쓰는 동안 파일이 바뀌었습니다");
  await tabTo(page, "conflict-mine");
  await key(page, "Enter");
  await focusIs(page, "editor");
  await hears(page, "저장됨");
  await page.context().close();
});
