// Diagrams in the real window: its policy lets no script but its own run, and Mermaid draws all the same.

import assert from "node:assert/strict";
import { Key, scenario } from "./support/window.mjs";

const TOPIC = "그림으로 답하기";
const POST = `---
title: 그림이 있는 글
date: 2026-01-02
---

# 2026.01.02
## 요청이 캐시를 지나 데이터베이스까지 가는 길을 그려 주시겠어요?
> 카테고리: Backend, ${TOPIC}

### 답변
그려 보았습니다.

> ##### 모범 답안
>
> \`\`\`mermaid
> flowchart LR
>   요청 --> 캐시{있는가}
>   캐시 -->|예| 응답
>   캐시 -->|아니요| 저장소[(데이터베이스)] --> 응답
> \`\`\`
>
> \`\`\`mermaid
> sequenceDiagram
>   클라이언트->>서버: 요청
>   서버-->>클라이언트: 응답
> \`\`\`
>
> \`\`\`mermaid
> flowchart LR
>   하나 --> [[[
> \`\`\`
{: .block-tip }
`;

/** The pictures in the model answer, as they are drawn. */
const pictures = (window) =>
  window.driver.executeScript(`
    return [...document.querySelectorAll(".pane .drawing img")].map((image) => ({
      width: image.complete ? image.naturalWidth : 0,
      source: image.src.slice(0, 15),
      words: image.alt,
    }));`);

for (const theme of ["light", "dark"]) {
  scenario(
    `diagrams are drawn, and one that cannot be read is named, ${theme}`,
    async (window) => {
      await window.openTopic(TOPIC);
      const open = await window.find("model-open");
      if ((await open.getAttribute("aria-expanded")) === "false") {
        await window.shortcut(Key.ENTER, Key.CONTROL);
      }
      const drawn = await window.until("two drawings", async () => {
        const all = await pictures(window);
        return all.length === 2 && all.every(({ width }) => width > 50) && all;
      });
      for (const { source, words } of drawn) {
        assert.match(source, /^(blob|data):/);
        assert.ok(words.length > 0, "a picture has a description");
      }
      const note = await window.driver.executeScript(
        `return document.querySelector(".pane .drawing__note")?.innerText`,
      );
      assert.match(note, /2번째 줄/);
    },
    { posts: { "2026-01-02-drawings.md": POST }, settings: { theme } },
  );
}
