import type { Attachment } from "svelte/attachments";

/**
 * Tells when an element comes near what is seen of `root`, and when it leaves again. Where nothing
 * can be observed, all is near.
 */
export function near(
  root: () => Element | null | undefined,
  tell: (near: boolean) => void,
): Attachment<HTMLElement> {
  return (element) => {
    if (!("IntersectionObserver" in globalThis)) {
      tell(true);
      return;
    }
    const observer = new IntersectionObserver(
      (seen) => tell(seen.at(-1)?.isIntersecting ?? false),
      { root: root() ?? null, rootMargin: "100% 0px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  };
}
