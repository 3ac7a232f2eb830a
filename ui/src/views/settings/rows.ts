// Every setting that has a row of its own, in the order of the pages. What a row sets is in
// Setting.svelte.

import type { Key } from "../../i18n";
import type { SettingsTab } from "./tab.svelte";

export interface SettingRow {
  readonly id: SettingId;
  readonly tab: SettingsTab;
  /** The heading it stands under, where its page has several. */
  readonly group?: Key;
  readonly title: Key;
  readonly hint?: Key;
  /** What else names it: its choices. */
  readonly also?: readonly Key[];
}

export type SettingId =
  | "theme"
  | "contrast"
  | "motion"
  | "scale"
  | "face"
  | "ruling"
  | "historyDays"
  | "historySize"
  | "language";

export const settingRows: readonly SettingRow[] = [
  {
    id: "theme",
    tab: "looks",
    group: "settings.screen",
    title: "settings.theme",
    hint: "settings.themeHint",
    also: ["settings.light", "settings.dark"],
  },
  {
    id: "contrast",
    tab: "looks",
    group: "settings.screen",
    title: "settings.contrast",
    hint: "settings.contrastHint",
  },
  {
    id: "motion",
    tab: "looks",
    group: "settings.screen",
    title: "settings.motion",
    hint: "settings.motionHint",
  },
  { id: "scale", tab: "looks", group: "settings.text", title: "settings.scale" },
  {
    id: "face",
    tab: "looks",
    group: "settings.text",
    title: "settings.face",
    hint: "settings.faceHint",
    also: ["settings.facePrint", "settings.faceUi"],
  },
  {
    id: "ruling",
    tab: "looks",
    group: "settings.text",
    title: "settings.ruling",
    hint: "settings.rulingHint",
  },
  {
    id: "historyDays",
    tab: "history",
    title: "settings.historyDays",
    hint: "settings.historyDaysHint",
  },
  {
    id: "historySize",
    tab: "history",
    title: "settings.historySize",
    hint: "settings.historySizeHint",
  },
  {
    id: "language",
    tab: "language",
    title: "settings.language",
    hint: "settings.languageHint",
    also: ["settings.korean", "settings.english"],
  },
];

export const rowsOf = (tab: SettingsTab): readonly SettingRow[] =>
  settingRows.filter((row) => row.tab === tab);
