import { beforeEach, expect, test, vi } from "vitest";
import { enrich } from "./enrich";

const picture = vi.hoisted(() => vi.fn());
vi.mock("../../ipc/client", () => ({ picture }));
const drawAll = vi.hoisted(() => vi.fn());
vi.mock("./drawings", () => ({ drawAll }));

beforeEach(() => {
  document.body.replaceChildren();
  picture.mockReset();
  drawAll.mockReset();
});

async function enriched(html: string): Promise<HTMLElement> {
  const root = document.createElement("div");
  root.innerHTML = html;
  document.body.append(root);
  await enrich(root, "a.md");
  return root;
}

test("code is coloured and keeps its text", async () => {
  const code = 'int a = 1; // 수\nString s = "<b>";\n';
  const escaped = code.replaceAll("<", "&lt;");
  const root = await enriched(`<pre><code class="language-java">${escaped}</code></pre>`);
  expect(root.textContent).toBe(code);
  expect(root.querySelector(".tok-string")?.textContent).toBe('"<b>"');
  expect(root.querySelector("b")).toBeNull();
});

test("marks of a search, unknown languages and what is drawn elsewhere stay as they are", async () => {
  const html =
    '<pre><code class="language-java">int <mark>a</mark>;</code></pre>' +
    '<pre><code class="language-nope">x</code></pre>';
  expect((await enriched(html)).innerHTML).toBe(html);
  const root = await enriched('<pre><code class="language-dot">digraph {}</code></pre>');
  expect(root.querySelector("pre")?.dataset.drawing).toBe("dot");
  expect(root.textContent).toBe("digraph {}");
  expect(drawAll).not.toHaveBeenCalled();
});

test("Mermaid is drawn, also where a search has marked it", async () => {
  const root = await enriched(
    '<pre><code class="language-mermaid">graph <mark>TD</mark></code></pre>' +
      '<pre><code class="language-mermaid">pie</code></pre>',
  );
  expect(drawAll).toHaveBeenCalledExactlyOnceWith([...root.querySelectorAll("code")]);
  expect(root.querySelector("pre")?.dataset.drawing).toBe("mermaid");
});

test("a formula becomes MathML, and what is none stays as it was written", async () => {
  const root = await enriched(
    '<p><span class="math math-inline">O(n^2)</span><span class="math math-inline">\\frac{1</span></p>',
  );
  expect(root.querySelector("math msup")).not.toBeNull();
  expect(root.textContent).toContain("$\\frac{1$");
});

test("a formula opens no link and writes no HTML", async () => {
  const bad = "\\href{javascript:alert(1)}{x} \\htmlClass{a}{y}";
  const root = await enriched(`<p><span class="math math-inline">${bad}</span></p>`);
  expect(root.querySelector("a, [href], .a")).toBeNull();
});

test("a picture of the folder is shown, one that cannot be keeps its description", async () => {
  picture.mockResolvedValueOnce("data:image/png;base64,AAAA").mockResolvedValueOnce(null);
  const root = await enriched(
    '<p><i data-picture="a.png">큐</i> <i data-picture="b.png">스택</i></p>',
  );
  expect(picture.mock.calls).toEqual([
    ["a.md", "a.png"],
    ["a.md", "b.png"],
  ]);
  const [image] = root.querySelectorAll("img");
  expect([image?.alt, image?.getAttribute("src")]).toEqual(["큐", "data:image/png;base64,AAAA"]);
  expect(root.textContent).toBe(" 스택");
});
