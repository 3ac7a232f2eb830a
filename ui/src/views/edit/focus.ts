import { untrack } from "svelte";

/** Attachment: the field that opens takes the focus, its cursor at the end. */
export function focusField(node: HTMLInputElement | HTMLTextAreaElement): void {
  untrack(() => {
    node.focus();
    node.setSelectionRange(node.value.length, node.value.length);
  });
}

/** Attachment: the field is as high as its text, also where the engine cannot do that by itself. */
export function grow(node: HTMLTextAreaElement): (() => void) | undefined {
  if (globalThis.CSS?.supports("field-sizing", "content")) return;
  const resize = () => {
    node.style.blockSize = "auto";
    const edges = node.offsetHeight - node.clientHeight;
    node.style.blockSize = `${node.scrollHeight + edges}px`;
  };
  resize();
  node.addEventListener("input", resize);
  return () => node.removeEventListener("input", resize);
}
