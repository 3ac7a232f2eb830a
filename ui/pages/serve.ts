// Builds the window over the mock's notebook and serves it on this machine for the tests of pages.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the built window, without a query. */
    address: string;
  }
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** What the real window allows its page; the mock asks no backend. */
async function policy(): Promise<string> {
  const path = join(root, "../src-tauri/tauri.conf.json");
  const { app } = JSON.parse(await readFile(path, "utf8"));
  return app.security.csp;
}

export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), "dapanji-pages-"));
  await build({ root, mode: "mock", logLevel: "warn", build: { outDir, emptyOutDir: true } });
  const server = await preview({
    root,
    mode: "mock",
    logLevel: "warn",
    build: { outDir },
    preview: { host: "127.0.0.1", port: 0, headers: { "Content-Security-Policy": await policy() } },
  });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error("the built window is not served");
  project.provide("address", address);
  return async () => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  };
}
