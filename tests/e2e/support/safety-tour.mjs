// Shows what keeps texts safe, one thing after another: conflicts, the merge, the history, drafts.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inEntry } from "./notebook.mjs";
import { Key } from "./window.mjs";

const EMPTY = "인덱스 원리와 함정";
const WRITTEN = "힙과 우선순위 큐";
const CACHE = "캐시 무효화";
const DNS = "DNS 조회 과정";
const DEADLOCK = "데드락의 네 가지 조건";

/** Writes a line at the beginning of the answer. */
async function writeFirst(window, text) {
  // In a small window the middle of a long answer, where a click would go, is not to be seen.
  await window.driver.executeScript("arguments[0].focus()", await window.find("editor"));
  await window.shortcut(Key.HOME, Key.CONTROL);
  await window.keys(text, Key.ENTER);
}

/** A heading cannot be in an answer: a text with it is never saved by itself. */
async function writeUnsaved(window, text) {
  await writeFirst(window, text);
  await window.state("failed");
}

async function kept(window, text) {
  const journal = join(window.home, "data", "drafts");
  await window.until(`a draft with ${text}`, () =>
    readdirSync(journal, { recursive: true })
      .filter((name) => name.endsWith(".json"))
      .some((name) => readFileSync(join(journal, name), "utf8").includes(text)),
  );
}

/** By what the palette finds a command. */
const words = {
  ko: { postHistory: "글의 기록", deleted: "지운 문제" },
  en: { postHistory: "history of the post", deleted: "deleted" },
};

/** Runs a command from the palette. */
async function command(window, id) {
  await window.shortcut("k", Key.CONTROL);
  const language = await window.driver.executeScript("return document.documentElement.lang");
  await (await window.find("palette-input")).sendKeys(words[language][id]);
  await window.click(`palette-command-${id}`);
  await window.gone("palette-dialog");
}

/** A post without a question. */
const deletedFrom = (post, question) => {
  const from = post.indexOf(`## ${question}`);
  const next = post.indexOf("\n## ", from) + 1;
  return post.slice(0, from) + post.slice(next);
};

/** Texts of every kind that a crash has left. */
async function drafts(window, picture) {
  await window.openTopic(EMPTY);
  await window.shortcut(".", Key.CONTROL, Key.SHIFT);
  await (await window.find("edit-hint-field")).click();
  await window.keys("B+Tree의 높이, 그리고 쓰기 비용");
  await kept(window, "쓰기 비용");
  const gone = await window.openTopic(DNS);
  await writeUnsaved(window, "## 브라우저와 운영체제의 캐시를 먼저 봅니다.");
  await picture("failed");
  const moved = await window.openTopic(WRITTEN);
  await writeUnsaved(window, "## 점수가 바뀌는 사람을 어떻게 찾을지부터 정합니다.");
  await kept(window, "어떻게 찾을지부터");
  await window.crash();
  const post = deletedFrom(window.notebook.read("second"), gone);
  window.notebook.replace(
    "second",
    inEntry(post, moved, (block) =>
      block.replace("전체를 매번 정렬하면 O(n log n)이 들지만", "매번 정렬하면 낭비가 큽니다."),
    ),
  );
  await window.startAgain();
}

async function conflict(window, picture) {
  await window.click("unsaved-open", ":not([disabled])");
  await window.state("conflict");
  await picture("conflict");
  await window.click("conflict-merge");
  await window.find("merge-result");
  await picture("merge");
  await window.keys(Key.F7);
  await picture("merge-difference");
  await window.keys(Key.ESCAPE);
  await window.gone("merge-dialog");
  await window.click("conflict-theirs");
  await window.find("toast");
  await picture("conflict-theirs");
}

async function histories(window, picture) {
  await window.openTopic(CACHE);
  await writeFirst(window, "먼저 얼마나 옛날 값이어도 되는지 묻겠습니다.");
  await window.until("the answer is on disk", () =>
    window.notebook.read("second").includes("먼저 얼마나"),
  );
  await window.state("saved");
  await window.shortcut("h", Key.CONTROL, Key.SHIFT);
  await window.find("history-diff");
  await picture("history-entry");
  // A small window has it large from the start.
  if ((await window.all("history-title")).length === 0) {
    await window.click("history-expand");
    await window.find("history-title");
    await window.find("history-diff");
    await picture("history-entry-wide");
  }
  await window.keys(Key.ESCAPE);
  await window.gone("history-title");
  await command(window, "postHistory");
  await window.find("history-diff");
  await picture("history-post");
  await window.keys(Key.ESCAPE);
  await window.gone("history-title");
  const before = window.notebook.read("second");
  await window.shortcut(Key.BACK_SPACE, Key.CONTROL, Key.SHIFT);
  await window.find("delete-dialog");
  await window.click("delete-dialog-run");
  await window.gone("delete-dialog");
  await window.until("the post without it", () => window.notebook.read("second") !== before);
  await picture("deleted-toast");
  await command(window, "deleted");
  await window.find("history-then");
  await picture("history-deleted");
  await window.keys(Key.ESCAPE);
}

/** What git leaves of a merge in which both sides changed the beginning of an answer. */
const marked = (ours, theirs) =>
  `<<<<<<< HEAD\n${ours}\n=======\n${theirs}\n>>>>>>> origin/main\n`;

async function markers(window, picture) {
  const before = window.notebook.read("second");
  const conflict = (text, question, ours, theirs) =>
    inEntry(text, question, (block) =>
      block.replace(/### 답변[ ]*\n/, (heading) => `${heading}${marked(ours, theirs)}`),
    );
  const [first, second] = [await window.openTopic(EMPTY), await window.openTopic(DEADLOCK)];
  const one = conflict(
    before,
    first,
    "인덱스는 정렬된 구조라서 찾는 범위를 크게 줄입니다.\n다만 쓰기가 느려집니다.",
    "인덱스는 B+Tree로 되어 있어 높이만큼만 읽으면 됩니다.\n다만 쓰기가 느려지고, 고르지 않은 열에는 소용이 없습니다.",
  );
  const both = conflict(one, second, "네 가지 조건이 모두 맞아야 합니다.", "조건은 넷입니다.");
  window.notebook.replace("second", both);
  await window.openTopic(EMPTY);
  await window.find("markers");
  await picture("markers");
  await window.shortcut("p", Key.CONTROL, Key.SHIFT);
  await window.find("post-page");
  await window.find("markers-all-ours");
  await picture("markers-post");
  await window.keys(Key.ESCAPE);
  window.notebook.replace("second", before);
  await window.gone("markers");
}

async function gone(window, picture) {
  const question = await window.openTopic(WRITTEN);
  await writeUnsaved(window, "## 여기서 쓰던 줄");
  window.notebook.replace("second", deletedFrom(window.notebook.read("second"), question));
  await window.find("save-gone");
  await picture("gone");
}

/** Takes pictures of all that. `picture` is called at each with its name, `resize` after a restart. */
export async function tour(window, picture, resize) {
  await drafts(window, picture);
  await resize();
  await window.find("unsaved");
  await picture("drafts");
  for (const button of await window.all("unsaved-show")) await button.click();
  await picture("drafts-whole");
  await conflict(window, picture);
  await histories(window, picture);
  await markers(window, picture);
  await gone(window, picture);
}

/** The same of a window that hears of no changes. */
export async function watchingTour(window, picture) {
  await window.showList();
  await window.click("watching");
  await window.find("watching-why");
  await picture("watching");
}
