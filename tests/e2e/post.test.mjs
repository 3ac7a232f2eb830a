// A post without questions in the real window: from the tree and from the search, and as it changes.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Key, scenario } from "./support/window.mjs";

const NAME = "2025-02-11-읽은-책.md";
const filler = (chapter) => `${chapter}에서 적어 둘 말입니다.\n\n`.repeat(30);
const NOTE = `---
title: 읽은 책
date: 2025-02-11
---

두 번째 읽고 나서 적는다.

## 1장 이름 짓기
${filler("1장")}
## 2장 오류 다루기
삼킨 오류는 **반드시** 다른 곳에서 터진다.

${filler("2장")}`;

scenario("a post without questions is read, found by section, and followed", async (window) => {
  const path = join(window.notebook.folder, "_posts", NAME);
  const write = (text) => writeFileSync(path, text);
  const title = (text) =>
    window.until(`the page of ${text}`, async () => {
      const [heading] = await window.all("post-page-title");
      return heading && (await window.text(heading)) === text;
    });
  const focused = (text) =>
    window.until(`the focus on ${text}`, async () => {
      const active = await window.driver.switchTo().activeElement();
      return (await window.text(active)) === text;
    });

  await window.find("day-list");
  write(NOTE);
  await window.shortcut("3", Key.CONTROL);
  const row = await window.until("the new post in the tree", async () => {
    for (const one of await window.all("post-row")) {
      if ((await window.text(one)).includes(NAME)) return one;
    }
    return false;
  });
  await row.click();
  await title("읽은 책");
  await focused("읽은 책");
  assert.equal((await window.all("post-section")).length, 3);
  assert.equal((await window.all("search-dialog")).length, 0);

  await window.keys(Key.ESCAPE);
  await window.gone("post-page");
  await window.shortcut("f", Key.CONTROL, Key.SHIFT);
  await (await window.find("search-input")).sendKeys("삼킨 오류");
  await window.find("search-hit");
  await window.keys(Key.ENTER);
  await window.gone("search-dialog");
  await title("읽은 책");
  await focused("2장 오류 다루기");
  const page = await window.find("post-page");
  const top = async () => await window.driver.executeScript("return arguments[0].scrollTop", page);
  await window.until("the page is at the section", async () => (await top()) > 0);

  write(NOTE.replace("title: 읽은 책", "title: 다시 읽은 책"));
  await title("다시 읽은 책");
});
