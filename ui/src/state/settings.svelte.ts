// The user's settings: applied to the document at once, saved by the backend.

import { type Language, language } from "../i18n";
import type { SettingsView } from "../ipc/client";
import * as ipc from "../ipc/client";
import { toastError } from "./ui.svelte";

export const settings = $state<SettingsView>({
  theme: "system",
  contrast: "system",
  motion: "system",
  text_scale: 1,
  language: "system",
  print_font: true,
  ruling: true,
  history_days: 365,
  history_megabytes: 512,
  keys: {},
  print: {},
  menu_bar: false,
});

/** Pixels of one rem now: the text size, and whatever the engine's own font size is. */
export function rem(): number {
  const scaled = 16 * settings.text_scale;
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || scaled;
}

let systemLanguage: Language = "ko";
let moreContrast: MediaQueryList | null = null;

export function initSettings(loaded: SettingsView, system: Language): void {
  systemLanguage = system;
  Object.assign(settings, loaded);
  moreContrast ??= matchMedia("(prefers-contrast: more)");
  moreContrast.onchange = apply;
  apply();
}

export function changeSettings(change: Partial<SettingsView>): void {
  Object.assign(settings, change);
  apply();
  ipc.saveSettings($state.snapshot(settings)).catch(toastError);
}

function apply(): void {
  const root = document.documentElement;
  set(root, "theme", settings.theme === "system" ? null : settings.theme);
  set(root, "motion", settings.motion === "system" ? null : settings.motion);
  const more =
    settings.contrast === "more" || (settings.contrast === "system" && moreContrast?.matches);
  set(root, "contrast", more ? "more" : null);
  set(root, "questions", settings.print_font ? null : "ui");
  set(root, "ruling", settings.ruling ? null : "off");
  root.style.setProperty("--text-scale", String(settings.text_scale));
  language.current = settings.language === "system" ? systemLanguage : settings.language;
  root.lang = language.current;
}

function set(root: HTMLElement, name: string, value: string | null): void {
  if (value === null) delete root.dataset[name];
  else root.dataset[name] = value;
}
