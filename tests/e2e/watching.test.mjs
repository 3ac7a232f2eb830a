// Where the system tells of no changes by others, the window says so and looks for them itself.

import assert from "node:assert/strict";
import * as few from "./support/few-watches.mjs";
import { inEntry } from "./support/notebook.mjs";
import { Key, scenario } from "./support/window.mjs";

const TOPIC = "힙과 우선순위 큐";

scenario(
  "the mark says why changes show later and what helps, and they do show",
  async (window) => {
    const mark = await window.find("watching");
    assert.equal(
      await mark.getAttribute("aria-label"),
      "다른 프로그램이 고친 글을 2초마다 찾습니다",
    );
    await mark.sendKeys(Key.ENTER);
    const why = await window.find("watching-why");
    assert.ok((await window.text(why)).includes("max_user_watches"));
    await window.keys(Key.ESCAPE);
    await window.gone("watching-why");
    const focused = await window.driver.switchTo().activeElement();
    assert.equal(await focused.getAttribute("data-testid"), "watching", "the focus is back");

    const question = await window.openTopic(TOPIC);
    const outside = inEntry(window.notebook.read("second"), question, (block) =>
      block.replace("전체를 매번", "밖에서 고친 줄: 매번"),
    );
    window.notebook.replace("second", outside);
    await window.until("what was written outside", async () =>
      (await window.editorText()).startsWith("밖에서 고친 줄"),
    );
    assert.equal(window.notebook.read("second"), outside);
  },
  { program: few.program, skip: few.impossible() },
);
