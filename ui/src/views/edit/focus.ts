import { untrack } from "svelte";

/** Attachment: the field that opens takes the focus, its cursor at the end. */
export function focusField(node: HTMLInputElement | HTMLTextAreaElement): void {
  untrack(() => {
    node.focus();
    node.setSelectionRange(node.value.length, node.value.length);
  });
}
