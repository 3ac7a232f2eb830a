// How the window behaves among others, in the real window: where it was is where it is again, a second
// start hands over to it, a folder that goes away comes back, notebooks are switched.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import * as desktop from "./support/desktop.mjs";
import { Key, scenario } from "./support/window.mjs";

const run = promisify(execFile);

/** Topics of the sample. */
const EMPTY = "인덱스 원리와 함정";
const WRITTEN = "힙과 우선순위 큐";

/** A picture of one dot, PNG. */
const DOT =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const remembered = (window) =>
  JSON.parse(readFileSync(join(window.home, "config", "settings.json"), "utf8"));

/** Closes the window as a user does, and waits until its program has ended. */
async function leave(window) {
  await desktop.activate(window.id);
  await desktop.closeFront();
  await window.until("the window is closed", async () => {
    return (await desktop.windows("dapanji-window")).length === 0;
  });
  await window.crash();
}

/** Starts the program once more beside the window, and waits for it to hand over and end. */
async function startBeside(window, ...args) {
  const program = process.env.DAPANJI_WINDOW;
  const env = { ...process.env, DAPANJI_HOME: window.home };
  await run(program, args, { env, timeout: 20_000 });
}

const question = async (window) => window.text(await window.find("question"));

scenario("the window comes back with its size, its place, its entry and its cursor", async (window) => {
  const words = await window.openTopic(EMPTY);
  await (await window.find("editor")).click();
  await window.keys("첫 줄", Key.ENTER, "둘째 줄", Key.ENTER, "셋째 줄");
  await window.state("saved");
  await window.keys(Key.ARROW_UP, Key.HOME);
  await desktop.resize(window.id, 1010, 690);
  await desktop.output("xdotool", "windowmove", "--sync", window.id, "140", "90");
  const before = await window.until("the new size", async () => {
    const place = await desktop.place(window.id);
    return place.width === 1010 && place.height === 690 && place;
  });
  await leave(window);
  const kept = remembered(window);
  assert.equal(kept.frame.width, 1010);
  assert.equal(kept.frame.height, 690);

  await window.startAgain();
  const after = await desktop.place(window.id);
  assert.deepEqual([after.width, after.height], [before.width, before.height]);
  assert.ok(Math.abs(after.x - before.x) <= 2 && Math.abs(after.y - before.y) <= 2, JSON.stringify({ before, after }));
  await window.until("the entry", async () => (await question(window)) === words);
  // The cursor is where it was: what is typed now goes there.
  await window.until("the editor has the focus", () =>
    window.driver.executeScript("return document.activeElement.closest('.cm-editor') !== null"),
  );
  await window.keys("여기 ");
  await window.until("typed at the cursor", async () =>
    (await window.editorText()).includes("첫 줄\n여기 둘째 줄\n셋째 줄"),
  );
  await window.state("saved");
});

scenario("a second start hands over, after what is typed was saved", async (window) => {
  await window.openTopic(WRITTEN);
  const id = await (await window.find("entry-row", '[aria-selected="true"]')).getAttribute("data-entry");
  await window.openTopic(EMPTY);
  await (await window.find("editor")).click();
  await window.keys("넘기기 전에 쓴 말");
  await startBeside(window, window.notebook.folder, id);
  await window.until("the entry asked for", async () => (await question(window)) !== undefined &&
    (await window.find("entry-row", '[aria-selected="true"]')).getAttribute("data-entry").then((one) => one === id));
  await window.until("the text is in its file", () =>
    window.notebook.read("second").includes("넘기기 전에 쓴 말"),
  );
  assert.equal((await desktop.windows("dapanji-window")).length, 1, "there is one window");

  // A link to a question of the open folder, and one that leads where nothing was open before.
  await window.openTopic(EMPTY);
  await startBeside(window, `dapanji://entry/${id}`);
  await window.until("the entry of the link", async () =>
    (await (await window.find("entry-row", '[aria-selected="true"]')).getAttribute("data-entry")) === id,
  );
  await startBeside(window, `dapanji://entry/${id}?folder=${encodeURIComponent("/etc")}`);
  const notice = await window.find("toast");
  assert.match(await window.text(notice), /링크/);
  assert.equal(await window.driver.getTitle(), `${window.notebook.folder.split("/").pop()} · 답안지`);
});

/** Drags a file or folder out of another program into the middle of the window. */
async function dragIn(window, path) {
  const program = join(dirname(process.env.DAPANJI_WINDOW), "examples", "drag_source");
  const source = spawn(program, [path], { stdio: "ignore" });
  try {
    const id = await window.until("the other program's window", async () => {
      const [found] = await desktop.windows("drag_source");
      return found;
    });
    await desktop.output("xdotool", "windowmove", "--sync", id, "20", "40");
    const middle = async (of) => {
      const { x, y, width, height } = await desktop.place(of);
      return { x: x + width / 2, y: y + height / 2 };
    };
    await window.driver.executeScript(`
      if (window.over === undefined) addEventListener("dragover", () => window.over++, true);
      window.over = 0;`);
    // Of what is let go before the page has answered nothing is dropped.
    const end = Date.now() + 20_000;
    await desktop.drag(await middle(id), await middle(window.id), async () => {
      assert.ok(Date.now() < end, "the page sees the drag");
      return (await window.driver.executeScript("return window.over")) >= 4;
    });
    await window.until("the end of the drag", () => source.exitCode === 0);
  } finally {
    source.kill();
  }
}

scenario("a folder or a post that is dragged in is opened, and nothing else", async (window) => {
  await window.openTopic(EMPTY);
  await (await window.find("editor")).click();
  await window.keys("끌어 오기 전에 쓴 말");
  const other = join(window.work, "끌어 온 노트북");
  cpSync(window.notebook.folder, other, { recursive: true });
  const title = (words) =>
    window.until(`the title of ${words}`, async () => (await window.driver.getTitle()).startsWith(words));
  await dragIn(window, other);
  await title("끌어 온 노트북");
  assert.match(window.notebook.read("second"), /끌어 오기 전에 쓴 말/);

  // A post of a notebook that was open before opens there.
  await dragIn(window, window.notebook.path("first"));
  await title("notebook");
  await window.find("question");
});

scenario("a picture that is dropped on an answer goes into the folder, another file nowhere", async (window) => {
  await window.openTopic(EMPTY);
  const text = join(window.work, "메모.txt");
  writeFileSync(text, "글");
  await dragIn(window, text);
  assert.match(await window.text(await window.find("toast")), /메모\.txt/);
  assert.equal(await window.editorText(), "");

  const picture = join(window.work, "그림.png");
  writeFileSync(picture, Buffer.from(DOT, "base64"));
  await dragIn(window, picture);
  const link = await window.until("the link", async () =>
    /!\[\]\((.+)\)/.exec(await window.editorText())?.[1],
  );
  await window.until("the answer is in its file", () => window.notebook.read("second").includes(link));
  const kept = join(window.notebook.folder, "_posts", link);
  const found = existsSync(kept) ? kept : join(window.notebook.folder, link);
  assert.equal(readFileSync(found).toString("base64"), DOT);
});

scenario("a folder that goes away is waited for, and what is written meanwhile saved", async (window) => {
  await window.openTopic(EMPTY);
  const aside = `${window.notebook.folder}-aside`;
  renameSync(window.notebook.folder, aside);
  const gone = await window.find("folder-gone");
  assert.match(await window.text(gone), /없어졌습니다/);
  await (await window.find("editor")).click();
  await window.keys("폴더 없이 쓴 말");
  await window.until("the text is kept", async () => {
    const states = await window.all("save-state");
    return (await states[0].getAttribute("data-state")) === "failed";
  });
  assert.ok(!existsSync(window.notebook.folder), "nothing is made where the folder was");
  renameSync(aside, window.notebook.folder);
  await window.gone("folder-gone");
  await window.until("the text is in its file", () =>
    window.notebook.read("second").includes("폴더 없이 쓴 말"),
  );
  await window.state("saved");
});

scenario("notebooks are switched, each where it was left, and a missing one taken off", async (window) => {
  const words = await window.openTopic(EMPTY);
  const [other, lost] = ["other", "lost"].map((name) => join(window.work, name));
  for (const folder of [other, lost]) cpSync(window.notebook.folder, folder, { recursive: true });
  await startBeside(window, lost);
  await window.until("the other notebook", async () => (await window.driver.getTitle()).startsWith("lost"));
  await startBeside(window, other);
  await window.until("the third notebook", async () => (await window.driver.getTitle()).startsWith("other"));
  mkdirSync(join(window.work, "hidden"));
  renameSync(lost, join(window.work, "hidden", "lost"));

  await window.shortcut("o", Key.CONTROL, Key.ALT);
  await window.find("libraries-dialog");
  const missing = await window.find("library", "[data-missing]");
  assert.match(await window.text(missing), /lost[\s\S]*폴더 없음/);
  assert.equal((await window.all("library")).length, 3);
  await window.click("library", '[data-missing] [data-testid="library-forget"]');
  await window.until("two are left", async () => (await window.all("library")).length === 2);
  assert.equal(remembered(window).recent.includes(lost), false);
  // Back to the first, by keyboard: it shows what it showed.
  await window.driver.executeScript(
    `const all = [...document.querySelectorAll("[data-open]")];
     all.find((one) => one.getAttribute("aria-current") === null).focus();`,
  );
  await window.keys(Key.ENTER);
  await window.gone("libraries-dialog");
  await window.until("the question of before", async () => (await question(window)) === words);
});
