// Measures in the real window how long a key takes until its effect is on the screen: `run.sh measure FILE`.
//
// Keys are the X server's. A sample begins with the time the engine stamped on the key and ends when the
// page has handed over the frame that shows the effect; what the compositor does then is not in it.

import { writeFileSync } from "node:fs";
import * as desktop from "./support/desktop.mjs";
import { hasFocus, writeInto } from "./support/hangul.mjs";
import { Key, Window } from "./support/window.mjs";

const out = process.argv[2];

/** Keystrokes of one measurement. */
const strokes = 120;
/** Milliseconds between two of them: fast typing. */
const pace = 80;
const switches = 40;
/** Bytes of the large post. */
const size = 500_000;
const topic = "아주 긴 글";

/** A post of some 500 KB: a day with four questions, again and again with another date. */
function longPost() {
  const head = "---\ntitle: 아주 긴 글\ndate: 2026-01-01\n---\n";
  const parts = [head];
  let bytes = 0;
  for (let day = 0; bytes < size; day++) {
    const date = new Date(Date.UTC(2026, 0, 1) - day * 86_400_000).toISOString().slice(0, 10);
    const questions = [1, 2, 3, 4].map((nth) =>
      [
        `## ${day + 1}일째 ${nth}번 문제: 캐시와 데이터베이스의 내용이 어긋나는 때는 언제이고 어떻게 줄이나요?`,
        `> 카테고리: Backend, ${topic} ${day * 4 + nth}`,
        "",
        "### 답변",
        "쓰기가 **두 곳**에 따로 닿기 때문입니다. `DEL` 뒤에 옛 값이 다시 채워질 수 있어서, 만료 시간과 버전을 함께 둡니다.".repeat(
          2,
        ),
        "",
        "> ##### 모범 답안",
        ">",
        "> - 무효화와 쓰기의 순서를 정하고, 실패를 다시 할 일로 남깁니다.",
        "> - 읽는 쪽은 오래된 값을 얼마나 견디는지 정해 둡니다.",
        "{: .block-tip }",
        "",
      ].join("\n"),
    );
    const text = `# ${date.replaceAll("-", ".")}\n${questions.join("\n")}\n`;
    bytes += Buffer.byteLength(text);
    parts.push(text);
  }
  return parts.join("\n");
}

/** Notes in the page, from now on, how long keys take; one has had its effect when `effect` gives another value. */
function record(window, effect) {
  return window.driver.executeScript(`
    window.stopMeasuring?.();
    const took = (window.took = []);
    const effect = () => ${effect};
    const open = [];
    let before = effect();
    const look = () => {
      const now = effect();
      const count = typeof now === "number" ? Math.abs(now - before) : Number(now !== before);
      before = now;
      const seen = open.splice(0, count);
      if (open.length > 0) requestAnimationFrame(look);
      if (seen.length === 0) return;
      // A message that is sent within a frame comes after it.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const end = performance.now();
        for (const start of seen) took.push(end - start);
      };
      port2.postMessage(null);
    };
    const shown = ({ key, timeStamp }) => {
      if (["Control", "Shift"].includes(key)) return;
      open.push(timeStamp);
      if (open.length === 1) requestAnimationFrame(look);
    };
    addEventListener("keydown", shown, true);
    window.stopMeasuring = () => removeEventListener("keydown", shown, true);`);
}

const took = (window) => window.driver.executeScript("return window.took");

/** Median and the 95th of a hundred, in milliseconds. */
function summary(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (percent) => sorted[Math.max(Math.ceil((sorted.length * percent) / 100) - 1, 0)];
  return { samples: sorted.length, p50: at(50), p95: at(95) };
}

/** Types where the cursor is; a letter has had its effect when the text of `field` is another. */
async function typing(window, field, count = strokes) {
  await record(window, `${field}.length`);
  await desktop.type("abcde fghij klmno pqrst ".repeat(strokes / 24).slice(0, count), pace);
  await window.until(`${count} keystrokes`, async () => (await took(window)).length >= count);
  return summary(await took(window));
}

const textOf = (id) => `document.querySelector('[data-testid="${id}"]').textContent`;

const window = await Window.open({ posts: { "2026-01-01-long.md": longPost() } });
try {
  await window.openTopic(topic);
  await writeInto(window, await window.find("editor"));
  const answer = await typing(window, textOf("editor"));
  await window.state("saved");

  await window.shortcut("s", Key.CONTROL, Key.SHIFT);
  await window.find("source-editor");
  await hasFocus(window, "source-editor");
  const source = await typing(window, textOf("source-editor"));
  await window.state("saved");
  await window.shortcut("s", Key.CONTROL, Key.SHIFT);
  await hasFocus(window, "editor");

  await record(window, textOf("question"));
  for (let nth = 1; nth <= switches; nth++) {
    await desktop.press("ctrl+shift+bracketright");
    await window.until("the next entry", async () => (await took(window)).length >= nth);
  }
  const entry = summary(await took(window));

  // The yardstick: plain fields in the same window, one empty and one with the same text.
  await window.driver.executeScript(`
    window.stopMeasuring();
    const field = document.createElement("textarea");
    field.dataset.testid = "plain";
    field.style.cssText = "position: fixed; inset: 0; z-index: 1000; font: 16px sans-serif";
    document.body.append(field);
    field.focus();`);
  await hasFocus(window, "plain");
  const field = `document.querySelector('[data-testid="plain"]')`;
  const bare = await typing(window, `${field}.value`);
  await window.driver.executeScript(`${field}.value = arguments[0]`, longPost());
  await window.driver.executeScript(`${field}.setSelectionRange(0, 0)`);
  // A field takes seconds for each.
  const plain = await typing(window, `${field}.value`, 5);
  writeFileSync(out, `${JSON.stringify({ answer, source, entry, bare, plain }, null, 2)}\n`);
} catch (error) {
  await window.evidence("measure");
  throw error;
} finally {
  await window.close();
}
