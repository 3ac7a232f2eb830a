import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, expect, it } from "vitest";
import { emit } from "../../dev/mock-event";
import { openWindow } from "../../dev/test-app";
import type { WatchingView } from "../ipc/types";

beforeAll(openWindow, 60_000);

const polling: WatchingView = {
  mode: "polling",
  reason: "limit",
  file_system: null,
  every_seconds: 2,
  remedy: "sudo sysctl fs.inotify.max_user_watches=1048576",
};
const tell = (watching: WatchingView) => emit("watching-changed", watching);
const mark = () => screen.queryByTestId("watching");

it("says nothing where the system tells of changes", () => {
  expect(mark()).toBeNull();
});

it("says why changes show later, and what helps", async () => {
  tell(polling);
  const shown = await waitFor(() => screen.getByTestId("watching"));
  expect(shown.getAttribute("aria-label")).toBe("다른 프로그램이 고친 글을 2초마다 찾습니다");
  await fireEvent.click(shown);
  const why = await waitFor(() => screen.getByTestId("watching-why"));
  expect(why.textContent).toContain("폴더 수를 다 썼습니다");
  expect(why.textContent).toContain(polling.remedy);
  await fireEvent.keyDown(why, { key: "Escape" });
  await waitFor(() => expect(screen.queryByTestId("watching-why")).toBeNull());
});

it("names the file system of the folder", async () => {
  tell({ ...polling, reason: "file_system", file_system: "nfs4", remedy: null });
  await fireEvent.click(await waitFor(() => screen.getByTestId("watching")));
  const why = await waitFor(() => screen.getByTestId("watching-why"));
  expect(why.textContent).toContain("nfs4");
  expect(why.querySelector("pre")).toBeNull();
  await fireEvent.keyDown(why, { key: "Escape" });
});

it("says that changes do not show at all, and is silent again when they do", async () => {
  tell({ mode: "none", reason: null, file_system: null, every_seconds: null, remedy: null });
  await waitFor(() =>
    expect(mark()?.getAttribute("aria-label")).toContain("저절로 나타나지 않습니다"),
  );
  tell({ ...polling, mode: "events", reason: null, every_seconds: null, remedy: null });
  await waitFor(() => expect(mark()).toBeNull());
});
