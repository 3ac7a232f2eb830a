// Opens the window over the mock's notebook in a headless Chromium.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { inject } from "vitest";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome.exe",
];

/** The system's own browser, or the one `CHROMIUM` names. */
function program(): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found =
    process.env.CHROMIUM ??
    names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (!found)
    throw new Error("there is no Chromium; on Debian or Ubuntu: apt-get install chromium");
  return found;
}

let browser: Promise<Browser> | null = null;

export interface Look {
  lang: "ko" | "en";
  theme: "light" | "dark";
  width?: number;
  height?: number;
  /** 1 is the usual size of text. */
  scale?: number;
  contrast?: "more";
}

/** Opens the window with `query` added to its address: `first`, `drafts`, … of `dev/mock-core.ts`. */
export async function openPage(query: string, look: Look): Promise<Page> {
  browser ??= chromium.launch({
    executablePath: program(),
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
  });
  const { lang, theme, width = 1280, height = 800, scale = 1, contrast } = look;
  const context = await (await browser).newContext({
    viewport: { width, height },
    // Nothing is looked at in the middle of a movement.
    reducedMotion: "reduce",
    locale: lang === "ko" ? "ko-KR" : "en-US",
  });
  const page = await context.newPage();
  // As `freezePrototype` does in the real window.
  await page.addInitScript("Object.freeze(Object.prototype)");
  page.setDefaultTimeout(20_000);
  const asked = new URLSearchParams(query);
  asked.set("lang", lang);
  asked.set("theme", theme);
  if (scale !== 1) asked.set("scale", String(scale));
  if (contrast) asked.set("contrast", contrast);
  await page.goto(`${inject("address")}?${asked}`);
  await page.locator(".app, .first").first().waitFor();
  return page;
}

/** Waits until fonts are there and everything of now is drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = null;
}
