// Mermaid as the real window draws it: by the library, under the window's policy, with a frozen prototype.

import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, expect, inject, test } from "vitest";
import { closeBrowser, drawn, openPage } from "./open";
import { drawings } from "./steps";

afterAll(closeBrowser);

interface Shown {
  alt: string;
  width: number;
  svg: string;
}

/** The pictures in their order. */
function pictures(page: Page): Promise<Shown[]> {
  return page.locator(".drawing img").evaluateAll((images) =>
    (images as HTMLImageElement[]).map(({ alt, naturalWidth, src }) => ({
      alt,
      width: naturalWidth,
      svg: decodeURIComponent(src.slice(src.indexOf(",") + 1)),
    })),
  );
}

async function faults(page: Page): Promise<string[]> {
  await drawn(page);
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: judge } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await judge.run(document);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} · ${html}`));
  });
}

const ink = { light: "rgb(25, 29, 28)", dark: "rgb(231, 233, 229)" };

test.each(["light", "dark"] as const)(
  "drawings are pictures in the colours of %s",
  async (theme) => {
    const page = await openPage("drawings", { lang: "ko", theme });
    await drawings(page);
    const shown = await pictures(page);
    const [flowchart, sequence] = shown;
    expect(flowchart?.alt).toBe(
      "Mermaid 그림: 주문이 지나는 길. 주문은 검증을 거쳐 저장되고, 실패하면 다시 대기열로 간다.",
    );
    expect(flowchart?.svg).toContain("재고가");
    expect(sequence?.svg).toContain("멱등");
    for (const { width, svg } of shown) {
      expect(width).toBeGreaterThan(100);
      expect(svg).toContain(ink[theme]);
    }
    // The broken one is told with its line, and is code.
    const broken = page.locator(".drawing", { has: page.locator(".drawing__note") });
    expect(await broken.locator(".drawing__note").allTextContents()).toEqual([
      "3번째 줄을 읽을 수 없어 원문을 보입니다.",
    ]);
    expect(await broken.locator("pre").textContent()).toContain("B --> C");
    expect(await faults(page)).toEqual([]);
    await page.context().close();
  },
);

test("another theme draws again, and the same one the same picture", async () => {
  const page = await openPage("drawings", { lang: "ko", theme: "light" });
  await drawings(page);
  const before = await pictures(page);
  const turn = async (theme: "light" | "dark") => {
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
    await expect
      .poll(async () => (await pictures(page)).every(({ svg }) => svg.includes(ink[theme])))
      .toBe(true);
  };
  await turn("dark");
  await turn("light");
  const after = await pictures(page);
  // The library numbers some of its nodes on and on.
  const same = (svg = "") => svg.replaceAll(/ id="[^"]*"/g, "");
  const other = before.filter(({ svg }, i) => same(svg) !== same(after[i]?.svg));
  expect(other.map(({ alt }) => alt)).toEqual([]);
  await page.context().close();
});

test("the kinds of drawings are all drawn", async () => {
  const page = await openPage("drawings", { lang: "en", theme: "light" });
  await drawings(page, "그림의 갈래.md");
  expect(await page.locator(".drawing__note").allTextContents()).toEqual([]);
  expect(await page.locator(".drawing img").count()).toBe(8);
  await page.context().close();
});

test("the keyboard reaches the source, and a wide drawing's ends", async () => {
  const page = await openPage("drawings", { lang: "en", theme: "light" });
  await drawings(page);
  const first = page.locator(".drawing").first();
  await first.getByText("Show source").press("Enter");
  await first.getByText("accTitle", { exact: false }).waitFor();
  // It is as open in another theme, and the focus is where it was.
  await page.evaluate(() => {
    document.documentElement.dataset.theme = "dark";
  });
  await expect.poll(async () => (await pictures(page))[0]?.svg.includes(ink.dark)).toBe(true);
  expect(await first.locator("details").getAttribute("open")).not.toBeNull();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SUMMARY");
  const wide = page.locator(".drawing__picture[tabindex]");
  expect(await wide.count()).toBe(1);
  await wide.press("ArrowRight");
  await expect.poll(() => wide.evaluate((one) => one.scrollLeft)).toBeGreaterThan(0);
  await page.context().close();
});

test("what others wrote runs nothing, leads nowhere and loads nothing", async () => {
  const page = await openPage("drawings", { lang: "ko", theme: "light" });
  const outside: string[] = [];
  page.on("dialog", (dialog) => {
    outside.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${inject("address")}assets/`) && !url.startsWith("data:"))
      outside.push(url);
  });
  await drawings(page);
  const { svg = "" } = (await pictures(page)).at(-1) ?? {};
  // Of the label its words are left, and the colour its author chose.
  expect(svg).toContain("글");
  expect(svg).toContain("#fffbe0");
  expect(svg).not.toMatch(/<img|<script|<foreignObject|onerror|display:\s*none/);
  await page.locator(".drawing img").last().click();
  expect(outside).toEqual([]);
  // Nothing of a drawing is in the page but its picture and its source.
  expect(await page.locator(".drawing svg, [id^=drawing], [id^=ddrawing]").count()).toBe(0);
  await page.context().close();
});

test("labels are read on fills of the author's own, also where the window is dark", async () => {
  const page = await openPage("drawings", { lang: "ko", theme: "dark" });
  await drawings(page);
  const { svg = "" } = (await pictures(page)).at(-1) ?? {};
  const label = (name: string) =>
    svg.match(`<text[^>]*style="([^"]*)"[^>]*>(?:<tspan[^>]*>)+${name}<`)?.[1];
  const paper = "fill: rgb(27, 31, 29) !important;";
  expect([label("글"), label("셋"), label("묶음")]).toEqual([paper, paper, paper]);
  // Nothing where the author chose no fill, or chose the label's colour as well.
  expect([label("누르기"), label("넷")]).toEqual(["", "fill:yellow !important"]);
  await page.context().close();
});

test("labels are inside what they name, in the faces a picture has", async () => {
  const page = await openPage("drawings", { lang: "ko", theme: "light" });
  await drawings(page);
  const shown = await pictures(page);
  const bare = await page.context().newPage();
  for (const { svg } of shown.slice(0, 2)) {
    await bare.setContent(`<html lang="ko"><body style="margin: 0">${svg}`);
    const out = await bare.evaluate(() => {
      const inside = (inner: DOMRect, outer: DOMRect) =>
        inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
      const whole = document.querySelector("svg")?.getBoundingClientRect() as DOMRect;
      const found: string[] = [];
      for (const text of document.querySelectorAll("svg text")) {
        const box = text.getBoundingClientRect();
        const shape = text.closest(".node")?.firstElementChild?.getBoundingClientRect() ?? whole;
        if (box.width > 0 && !inside(box, shape)) found.push(text.textContent);
      }
      return found;
    });
    expect(out).toEqual([]);
  }
  await page.context().close();
});
