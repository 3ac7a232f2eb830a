// Takes a picture of every page, to be looked at: `DAPANJI_LOOK=FOLDER npm run look`. With
// `DAPANJI_LOOK_AT=entry,search` of those pages only, with `DAPANJI_LOOK_AS=dark,small` of those looks.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, test } from "vitest";
import { closeBrowser, drawn, type Look, openPage } from "./open";
import { places } from "./places";

const { DAPANJI_LOOK: out = ".", DAPANJI_LOOK_AT: at, DAPANJI_LOOK_AS: as } = process.env;
const wanted = (list: string | undefined, name: string) => !list || list.split(",").includes(name);

const looks: (Look & { name: string })[] = [
  { name: "light", lang: "ko", theme: "light" },
  { name: "dark", lang: "ko", theme: "dark" },
  { name: "english", lang: "en", theme: "light" },
  { name: "small", lang: "ko", theme: "light", width: 960, height: 600 },
  { name: "large", lang: "ko", theme: "light", width: 1920, height: 1200 },
  { name: "double", lang: "ko", theme: "light", scale: 2 },
  { name: "english-small", lang: "en", theme: "dark", width: 960, height: 600 },
  { name: "english-double", lang: "en", theme: "dark", scale: 2 },
  { name: "contrast", lang: "en", theme: "dark", contrast: "more" },
];

afterAll(closeBrowser);
mkdirSync(out, { recursive: true });

for (const { name, ...look } of looks.filter((one) => wanted(as, one.name))) {
  test.each(places.filter((one) => wanted(at, one.name)))(`${name} $name`, async (place) => {
    const { query = "", steps, width } = place;
    const page = await openPage(query, width ? { ...look, width } : look);
    await steps?.(page);
    await drawn(page);
    await page.screenshot({ path: join(out, `${place.name}-${name}.png`) });
    await page.context().close();
  });
}
