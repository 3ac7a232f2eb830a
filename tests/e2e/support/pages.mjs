// The pages that the export dialog shows before anything is written.

/** How many pixels of a page's picture are ink; none while there is no picture. */
const ink = `
  const image = document.querySelector('[data-testid="export-paper"] [data-page="' + arguments[0] + '"] img:not(.is-old)');
  if (!image?.complete || image.naturalWidth === 0) return null;
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] < 384) dark++;
  return { dark, width: canvas.width };`;

/** Waits for the picture of a page, counted from zero, and says how much ink is on it. */
export function inkOn(window, page) {
  return window.until(`the picture of page ${page + 1}`, () =>
    window.driver.executeScript(ink, page),
  );
}

/** Waits until all pages are laid out, or none are shown because there is no room. */
export async function settled(window) {
  const form = `return document.querySelector('.export__aside').checkVisibility()`;
  await window.until("the pages", async () => {
    if (!(await window.driver.executeScript(form))) return true;
    const [pages] = await window.all("export-pages", ":not(.is-busy)");
    return pages !== undefined;
  });
  if (await window.driver.executeScript(form)) await inkOn(window, 0);
}
