// What is copied for other programs.

import { t } from "../i18n";
import { toast, toastError } from "./ui.svelte";

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("common.copied"));
  } catch (error) {
    toastError(error);
  }
}
