import { defineConfig } from "vitest/config";

/** Tests of whole pages in a real browser: `npm run pages`; pictures of them: `npm run look`. */
export default defineConfig({
  test: {
    environment: "node",
    include: [process.env.DAPANJI_LOOK ? "pages/look.ts" : "pages/*.test.ts"],
    globalSetup: ["pages/serve.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
