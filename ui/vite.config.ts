import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { ownProperties } from "./own-properties.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Every engine the window runs in reads woff2; without this the package's woff copies would be bundled
 * too. The faces lie beside the page: nothing is drawn, nor looked for, in another one first.
 */
const fontsAtHand: Plugin = {
  name: "fonts-at-hand",
  enforce: "pre",
  transform(code, id) {
    if (!/@fontsource|pretendard/.test(id) || !id.endsWith(".css")) return null;
    const woff2 = code.replaceAll(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, "");
    return { code: woff2.replaceAll(/font-display:\s*swap/g, "font-display: block"), map: null };
  },
};

/** The sheet and its editor are on their way before the first script has run: most starts show them. */
const sheetAhead: Plugin = {
  name: "sheet-ahead",
  enforce: "post",
  transformIndexHtml: {
    order: "post",
    handler(_, { bundle }) {
      const chunks = Object.values(bundle ?? {}).filter((part) => part.type === "chunk");
      const sheet = chunks.find(({ facadeModuleId }) =>
        facadeModuleId?.endsWith("/views/Sheet.svelte"),
      );
      const first = chunks.find(({ isEntry }) => isEntry);
      const there = new Set(first?.imports);
      const wanted = sheet ? [sheet.fileName, ...sheet.imports] : [];
      return wanted
        .filter((file) => file !== first?.fileName && !there.has(file))
        .map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` },
          injectTo: "head" as const,
        }));
    },
  },
};

export default defineConfig(({ mode }) => ({
  plugins: [fontsAtHand, ownProperties, sheetAhead, svelte()],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  // Packages are bundled apart from the plugins above while developing.
  optimizeDeps: { rolldownOptions: { plugins: [ownProperties] } },
  resolve: {
    // Mermaid asks for an older one that it would bring along; what it calls of it is the same.
    dedupe: ["katex"],
    alias:
      mode === "mock"
        ? [
            { find: "@tauri-apps/api/core", replacement: at("./dev/mock-core.ts") },
            { find: "@tauri-apps/api/event", replacement: at("./dev/mock-event.ts") },
            { find: "@tauri-apps/api/window", replacement: at("./dev/mock-window.ts") },
          ]
        : [],
    // Under vitest the browser build of Svelte is wanted, not the one for servers.
    ...(mode === "test" ? { conditions: ["browser"] } : {}),
  },
  build: {
    target: ["safari17", "chrome123"],
    chunkSizeWarningLimit: 1200,
    // The fonts stay files: the content security policy knows no data: fonts.
    assetsInlineLimit: 0,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts", "own-properties.test.ts"],
  },
}));
