// Remembers where the focus was before something modal took it.

let before: HTMLElement | null = null;

export function rememberFocus(): void {
  before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
}

/** Gives the focus back to where it was, if that is still there and can take it. */
export function returnFocus(): void {
  const element = before;
  before = null;
  if (element?.isConnected && element !== document.body) {
    element.focus({ preventScroll: true });
  }
}

const regionSelector = "[data-region]";

/** Moves the focus to the region after (`1`) or before (`-1`) the one that has it. */
export function moveRegion(step: 1 | -1): boolean {
  const regions = [...document.querySelectorAll<HTMLElement>(regionSelector)].filter(
    (region) => region.offsetParent !== null,
  );
  if (regions.length === 0) return false;
  // The innermost one, where a region lies in another.
  const here = regions.findLastIndex((region) => region.contains(document.activeElement));
  const from = here < 0 && step < 0 ? 0 : here;
  const target = regions[(from + step + regions.length) % regions.length];
  const inside = target?.querySelector<HTMLElement>("[data-region-focus]") ?? target;
  inside?.focus();
  return true;
}

/** Puts the focus into what the middle of the window shows: the editor, else the page. */
export function focusMain(): void {
  const inside = [...document.querySelectorAll<HTMLElement>(".main [data-region-focus]")];
  inside.find((element) => !element.closest("[hidden]"))?.focus({ preventScroll: true });
}
