// Posts that somebody else wrote, to do harm: in the real window nothing of them runs, nothing is
// fetched, and nothing leads away.

import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import * as desktop from "./support/desktop.mjs";
import { By, Key, scenario } from "./support/window.mjs";

/** Whatever asks this server for anything has got out. */
const asked = [];
const server = createServer((request, response) => {
  asked.push(request.url);
  response.end();
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
server.unref();
const web = `http://127.0.0.1:${server.address().port}`;

/** In place of the system's browser: notes what it is to open. */
const tools = mkdtempSync(join(tmpdir(), "browser-"));
const opened = join(tools, "opened");
writeFileSync(join(tools, "xdg-open"), `#!/bin/sh\nprintf '%s\\n' "$1" >>'${opened}'\n`, { mode: 0o755 });
after(() => {
  server.closeAllConnections();
  server.close();
  rmSync(tools, { recursive: true, force: true });
});
const env = { PATH: `${tools}:${process.env.PATH}` };
const links = () => (existsSync(opened) ? readFileSync(opened, "utf8").trim().split("\n") : []);

const run = "window.ran=1";
const HARM = [
  `<script>${run}</script>`,
  `<script src="${web}/script.js"></script>`,
  `<img src="${web}/img.png" onerror="${run}">`,
  `<img src=x onerror=${run}>`,
  `<img srcset="${web}/srcset.png 1x">`,
  `<picture><source srcset="${web}/source.png"><img src="${web}/p.png"></picture>`,
  `![그림](${web}/markdown.png)`,
  `<svg onload="${run}"><script>${run}</script><image href="${web}/svg.png"/><use href="${web}/use.svg#a"/></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
  `<iframe src="${web}/frame"></iframe><iframe srcdoc="<script>parent.ran=1</script>"></iframe>`,
  `<object data="${web}/object"></object><embed src="${web}/embed">`,
  `<meta http-equiv="refresh" content="0;url=${web}/refresh">`,
  `<base href="${web}/base/">`,
  `<link rel="stylesheet" href="${web}/link.css"><link rel="prefetch" href="${web}/prefetch"><link rel="preconnect" href="${web}">`,
  `<style>@import url(${web}/import.css); * { background: url(${web}/style.png) }</style>`,
  `<p style="background: url(${web}/attribute.png)">글</p>`,
  `<table background="${web}/table.png"><tr><td>글</td></tr></table>`,
  `<form action="${web}/form"><input autofocus onfocus="${run}"><button>보내기</button></form>`,
  `<video src="${web}/video" poster="${web}/poster" autoplay onerror="${run}"></video><audio src="${web}/audio" autoplay></audio>`,
  `<details open ontoggle="${run}"><summary>접힘</summary>속</details>`,
  `<marquee onstart="${run}">글</marquee><body onload="${run}">`,
  `<a href="javascript:${run}">하나</a> [둘](javascript:${run}) [셋](data:text/html,<script>${run}</script>) [넷](vbscript:x)`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>"></noscript>`,
];

const TOPIC = "적대적인 주제";
const NAME = "2025-06-01-<img src=x onerror=window.ran=1>.md".replaceAll("/", "");

function hostilePost() {
  const lines = HARM.join("\n\n");
  const line = HARM.slice(0, 5).join(" ").replaceAll("\n", " ");
  const quoted = lines.replaceAll("\n", "\n> ");
  return `---
title: ${JSON.stringify(`글 ${line}`)}
date: ${line}
---

머리말

${lines}

# 2025.06.01

## 적대적인 질문 ${line} 은?
> 카테고리: <b onclick=${run}>분류</b>, ${TOPIC} ${line}
> 힌트: 힌트말 ${quoted}

### 답변
적대적인 답변입니다. [밖으로](${web}/click)

${lines}

### 꼬리 ${line}
[밖으로](${web}/click)

${lines}

> ##### 모범 답안
> [<script>${run}</script>이라면?]
> 모범말입니다.
> ${quoted}
>
> [밖으로](${web}/click)
{: .block-tip }

### 1장 ${line}
${lines}
`;
}

/** Nothing ran, nothing was asked for, and the window is where it was. */
async function nothingHappened(window, where) {
  const state = await window.driver.executeScript(
    "return { ran: window.ran ?? null, at: location.origin, refused: window.refused ?? [] }",
  );
  assert.equal(state.ran, null, `something ran: ${where}`);
  assert.match(state.at, /^tauri:\/\/localhost$/, `the window left its page: ${where}`);
  assert.deepEqual(state.refused, [], `the policy had to refuse something: ${where}`);
  assert.deepEqual(asked, [], `something was fetched: ${where}`);
}

/** Tells of what the content security policy refuses from now on. */
const watchPolicy = `
  window.refused = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.refused.push(event.effectiveDirective + " " + event.blockedURI));`;

async function openHostile(window) {
  await window.find("day-list");
  await window.driver.executeScript(watchPolicy);
  writeFileSync(join(window.notebook.folder, "_posts", NAME), hostilePost());
  const row = await window.until("the hostile question in the list", async () => {
    for (const one of await window.all("entry-row")) {
      if ((await window.text(one)).includes(TOPIC)) return one;
    }
    return false;
  });
  await row.click();
  await window.until("the hostile question on the sheet", async () =>
    (await window.text(await window.find("question"))).includes("적대적인 질문"),
  );
}

/** The model answer: an entry with an answer may show it already. */
function openModel(window) {
  return window.until("the model answer", async () => {
    const [text] = await window.all("model-text");
    if (text) return text;
    const [opener] = await window.all("model-open", '[aria-expanded="false"]');
    await opener?.click();
    return false;
  });
}

scenario(
  "a hostile post runs and fetches nothing in any view",
  async (window) => {
    await openHostile(window);
    await window.find("editor");
    await nothingHappened(window, "the sheet");

    // What is folded away is unfolded: hint, sections, model answer.
    await window.driver.executeScript(`
      const folds = document.querySelectorAll('.sheet button[aria-expanded="false"]:not([data-testid$="edit"])');
      for (const fold of folds) fold.click();`);
    assert.match(await window.text(await openModel(window)), /모범말/);
    await nothingHappened(window, "the entry unfolded");

    await window.shortcut(Key.ENTER, Key.CONTROL, Key.SHIFT);
    await window.find("compare");
    await nothingHappened(window, "the comparison");
    await window.click("compare-close");

    await window.shortcut("f", Key.CONTROL, Key.SHIFT);
    const field = await window.find("search-input");
    for (const words of ["적대적인", "onerror", "<script>", "모범말입니다"]) {
      await field.clear();
      await field.sendKeys(words);
      await window.find("search-hit");
      await window.find("search-preview");
      await nothingHappened(window, `the search for ${words}`);
    }
    await window.keys(Key.ESCAPE);
    await window.gone("search-input");

    await window.shortcut("p", Key.CONTROL);
    await (await window.find("palette-input")).sendKeys("적대적인");
    await window.find("palette-entry");
    await nothingHappened(window, "the palette");
    await window.keys(Key.ESCAPE);
    await window.gone("palette-input");

    await window.click("export-open");
    await window.find("export-run");
    await nothingHappened(window, "the export");
    await window.click("export-cancel");

    await window.shortcut("p", Key.CONTROL, Key.SHIFT);
    await window.find("post-section");
    await window.click("post-odd-open");
    await nothingHappened(window, "the post with what is odd in it");

    await window.shortcut("3", Key.CONTROL);
    await window.find("post-row");
    await window.shortcut("0", Key.CONTROL);
    await window.find("today");
    await nothingHappened(window, "today and the tree");
  },
  { env },
);

scenario(
  "a link opens in the browser once it is clicked, and the window goes nowhere",
  async (window) => {
    await openHostile(window);
    const text = await openModel(window);
    const link = await text.findElement(By.linkText("밖으로"));
    assert.deepEqual(links(), [], "looking opens nothing");
    const visible = (element) =>
      window.driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element);
    await visible(link);
    await link.click();
    await window.until("the link in the browser", () => links().length === 1);
    assert.deepEqual(links(), [`${web}/click`]);
    for (const name of ["하나", "둘", "셋", "넷"]) {
      for (const dead of await text.findElements(By.xpath(`.//a[text()="${name}"]`))) {
        assert.equal(await dead.getAttribute("href"), null, name);
        await visible(dead);
        await dead.click();
      }
    }

    // The middle button asks the webview, not the page; whatever it does, it stays outside.
    const rect = await window.driver.executeScript(
      "arguments[0].scrollIntoView({ block: 'center' }); const r = arguments[0].getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]",
      link,
    );
    const { x, y } = await desktop.place(window.id);
    const at = [x + rect[0], y + rect[1]].map((value) => String(Math.round(value)));
    await desktop.output("xdotool", "mousemove", ...at, "click", "2");
    // Even a page that is lost leads nowhere.
    for (const lead of [
      `location.href = "${web}/location"`,
      `window.open("${web}/open")`,
      `const a = document.createElement("a"); a.href = "${web}/anchor"; document.body.append(a); a.click()`,
      `const a = document.createElement("a"); a.href = "${web}/download"; a.download = "x"; document.body.append(a); a.click()`,
      `const a = document.createElement("a"); a.href = "${web}/blank"; a.target = "_blank"; document.body.append(a); a.click()`,
      `location.href = "data:text/html,x"`,
      `location.href = "file:///etc/passwd"`,
    ]) {
      await window.driver.executeScript(lead);
      assert.match(await window.text(await window.find("question")), /적대적인 질문/, lead);
      assert.deepEqual(asked, [], lead);
    }
    assert.equal((await window.driver.getAllWindowHandles()).length, 1);
  },
  { env },
);

scenario(
  "what got past everything else is refused by the policy",
  async (window) => {
    await window.find("day-list");
    await window.driver.executeScript(watchPolicy);
    const refused = await window.driver.executeAsyncScript(`
      const done = arguments[arguments.length - 1];
      const html = ${JSON.stringify(HARM.join("\n"))};
      const body = document.createElement("div");
      document.body.append(body);
      body.innerHTML = html;
      const script = document.createElement("script");
      script.textContent = "window.ran = 1";
      body.append(script);
      const tries = [
        fetch("${web}/fetch"),
        import("${web}/module.js"),
        import("data:text/javascript,window.ran=1"),
        new Promise((resolve, reject) => { new EventSource("${web}/events").onerror = reject; }),
        (async () => new Worker("data:text/javascript,1"))(),
        (async () => eval("window.ran = 1"))(),
        (async () => new WebSocket("${web.replace("http", "ws")}/socket"))(),
      ];
      Promise.allSettled(tries.map((one) => Promise.race([one, new Promise((ok) => setTimeout(ok, 2000))])))
        .then(() => done(window.refused));`);
    const directives = new Set(refused.map((one) => one.split(" ")[0]));
    for (const directive of ["base-uri", "connect-src", "frame-src", "img-src", "script-src-elem", "style-src-elem"]) {
      assert.ok(directives.has(directive), `${directive} in ${[...directives]}`);
    }
    const state = await window.driver.executeScript(
      "return { ran: window.ran ?? null, at: location.origin }",
    );
    assert.deepEqual(state, { ran: null, at: "tauri://localhost" });
    assert.deepEqual(asked, []);
  },
  { env },
);

scenario(
  "a megabyte of nested HTML is a text like others",
  async (window) => {
    await window.find("day-list");
    const nested = `${"<div>".repeat(90_000)}속말${"</div>".repeat(90_000)}`;
    writeFileSync(
      join(window.notebook.folder, "_posts", "2025-06-02-깊은.md"),
      `# 2025.06.02\n\n## 깊은 질문?\n> 카테고리: 공통, 깊은 주제\n\n### 답변\n답입니다.\n\n### 꼬리\n${nested}\n\n${">".repeat(100_000)} 속말\n`,
    );
    const row = await window.until("the deep question", async () => {
      for (const one of await window.all("entry-row")) {
        if ((await window.text(one)).includes("깊은 주제")) return one;
      }
      return false;
    });
    await row.click();
    await window.until("its answer", async () => (await window.editorText()) === "답입니다.");
    await (await window.find("editor")).click();
    await window.keys("그리고 ");
    await window.state("saved");
    await window.until("the answer on disk", () =>
      readFileSync(join(window.notebook.folder, "_posts", "2025-06-02-깊은.md"), "utf8").includes("그리고"),
    );
  },
  { env },
);
