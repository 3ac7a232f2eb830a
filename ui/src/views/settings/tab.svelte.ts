// The page of the settings that was open last: it opens there again until the window closes.

import type { Key } from "../../i18n";

export type SettingsTab = "looks" | "history" | "keys" | "language";

export const tabTitles: Readonly<Record<SettingsTab, Key>> = {
  looks: "settings.looks",
  history: "settings.history",
  keys: "settings.keys",
  language: "settings.language",
};

export const lastTab = $state<{ value: SettingsTab }>({ value: "looks" });
