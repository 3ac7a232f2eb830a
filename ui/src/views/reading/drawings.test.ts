import { beforeEach, expect, test, vi } from "vitest";
import { drawAll } from "./drawings";
import type { Picture } from "./mermaid";

const draw = vi.hoisted(() => vi.fn<(source: string, wanted: () => boolean) => Promise<unknown>>());
vi.mock("./mermaid", () => ({ draw }));

const picture: Picture = { url: "data:image/svg+xml,a", width: 320, height: 200, title: "" };

/** A source that cannot be read, at `line`. */
const notDrawn = (line: number | null) => Object.assign(new Error("cannot draw"), { line });

let dark: () => void = () => {};

beforeEach(() => {
  document.body.replaceChildren();
  draw.mockReset();
  draw.mockResolvedValue(picture);
  // What jsdom has not.
  HTMLImageElement.prototype.decode = () => Promise.resolve();
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
    },
  );
  vi.stubGlobal("matchMedia", () => ({
    addEventListener: (_: string, call: () => void) => {
      dark = call;
    },
  }));
});

async function drawn(...sources: string[]): Promise<HTMLElement> {
  const root = document.createElement("div");
  for (const source of sources) {
    const code = document.createElement("code");
    code.innerHTML = source;
    const pre = document.createElement("pre");
    pre.append(code);
    root.append(pre);
  }
  document.body.append(root);
  await drawAll([...root.querySelectorAll("code")]);
  return root;
}

const notes = (root: HTMLElement) =>
  [...root.querySelectorAll(".drawing__note")].map(({ textContent }) => textContent);

test("a drawing is a picture with its source under it", async () => {
  const root = await drawn("graph TD");
  const image = root.querySelector("img");
  expect([image?.alt, image?.src]).toEqual(["Mermaid 그림", picture.url]);
  expect(image?.parentElement?.style.getPropertyValue("--drawing-w")).toBe("20rem");
  const details = root.querySelector("details");
  expect([details?.open, details?.querySelector("summary")?.textContent]).toEqual([
    false,
    "원문 보기",
  ]);
  expect(details?.querySelector("pre code")?.textContent).toBe("graph TD");
});

test("what its author calls a drawing is its description", async () => {
  draw.mockResolvedValue({ ...picture, title: "주문" });
  expect((await drawn("graph TD")).querySelector("img")?.alt).toBe("Mermaid 그림: 주문");
});

test("one that cannot be drawn stays code, names its line and stops no other", async () => {
  draw
    .mockRejectedValueOnce(notDrawn(3))
    .mockRejectedValueOnce(notDrawn(null))
    .mockResolvedValueOnce(picture);
  const root = await drawn("graph", "nope", "pie");
  expect(notes(root)).toEqual([
    "3번째 줄을 읽을 수 없어 원문을 보입니다.",
    "그림으로 읽을 수 없어 원문을 보입니다.",
  ]);
  const codes = [...root.querySelectorAll(".drawing > pre")];
  expect(codes.map(({ textContent }) => textContent)).toEqual(["graph", "nope"]);
  expect(root.querySelectorAll("img")).toHaveLength(1);
});

test("a very long one is not even tried", async () => {
  const root = await drawn("a".repeat(20_001));
  expect(draw).not.toHaveBeenCalled();
  expect(notes(root)).toEqual(["그림으로 그리기에는 너무 길어 원문을 보입니다."]);
});

test("the source is open where a search has found something in it", async () => {
  const root = await drawn("graph <mark>TD</mark>");
  expect(root.querySelector("details")?.open).toBe(true);
  expect(root.querySelector("details mark")?.textContent).toBe("TD");
});

test("a drawing that comes after its place has gone is dropped", async () => {
  let asked: (() => boolean) | undefined;
  let come: (value: Picture) => void = () => {};
  draw.mockImplementation((_, wanted) => {
    asked = wanted;
    return new Promise((done) => {
      come = done;
    });
  });
  const done = drawn("graph TD");
  await vi.waitFor(() => expect(asked?.()).toBe(true));
  const root = document.body.firstElementChild as HTMLElement;
  root.replaceChildren();
  expect(asked?.()).toBe(false);
  come(picture);
  await done;
  expect(root.childElementCount).toBe(0);
});

test("an older picture that is ready late does not replace the newer one", async () => {
  const decode = vi.spyOn(HTMLImageElement.prototype, "decode");
  let ready: () => void = () => {};
  decode.mockImplementationOnce(
    () =>
      new Promise((done) => {
        ready = done;
      }),
  );
  const done = drawn("graph TD");
  await vi.waitFor(() => expect(decode).toHaveBeenCalledTimes(1));
  draw.mockResolvedValue({ ...picture, url: "data:image/svg+xml,b" });
  dark();
  const image = () => document.querySelector("img")?.src;
  await vi.waitFor(() => expect(image()).toBe("data:image/svg+xml,b"));
  ready();
  await done;
  expect(image()).toBe("data:image/svg+xml,b");
});

test("another look draws again, with the source as open as it was", async () => {
  const root = await drawn("graph TD");
  const before = root.querySelector("details");
  if (before) before.open = true;
  root.querySelector("summary")?.focus();
  draw.mockResolvedValue({ ...picture, url: "data:image/svg+xml,b" });
  document.documentElement.dataset.theme = "dark";
  await vi.waitFor(() => expect(root.querySelector("img")?.src).toBe("data:image/svg+xml,b"));
  expect(root.querySelector("details")?.open).toBe(true);
  expect(root.querySelectorAll(".drawing")).toHaveLength(1);
  draw.mockResolvedValue({ ...picture, url: "data:image/svg+xml,c" });
  dark();
  await vi.waitFor(() => expect(root.querySelector("img")?.src).toBe("data:image/svg+xml,c"));
});

test("what is drawn is not drawn again with the text around it", async () => {
  const root = await drawn("graph TD");
  await drawAll([...root.querySelectorAll("code")]);
  expect(draw).toHaveBeenCalledTimes(1);
});
