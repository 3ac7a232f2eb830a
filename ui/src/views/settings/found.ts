// Which settings match what is typed: by name, description and page, in either language.

import type { Key } from "../../i18n";
import { en } from "../../i18n/en";
import { ko } from "../../i18n/ko";
import { type AppCommand, commands, keysOf } from "../../keys/commands";
import { shortcutLabel } from "../../keys/keymap";
import { matcher } from "./matcher";
import { type SettingRow, settingRows } from "./rows";
import { type SettingsTab, tabTitles } from "./tab.svelte";

export interface Found {
  /** Page by page, as they are listed. */
  readonly rows: readonly { readonly tab: SettingsTab; readonly rows: readonly SettingRow[] }[];
  /** Commands whose keys can be chosen. */
  readonly keys: readonly AppCommand[];
  readonly count: number;
}

/** Finds the settings in which every word of `query` stands; none for a blank query. */
export function findSettings(query: string): Found {
  const fits = matcher(query);
  /** In one language or the other: half a name in each is chance. */
  const either = (keys: readonly Key[], more = "") =>
    [ko, en].some((words) => fits([...keys.map((key) => words[key]), more].join("\n")));
  const found = settingRows.filter(({ tab, group, title, hint, also = [] }) =>
    either([tabTitles[tab], title, ...(group ? [group] : []), ...(hint ? [hint] : []), ...also]),
  );
  const rows = [...new Set(found.map(({ tab }) => tab))].map((tab) => ({
    tab,
    rows: found.filter((row) => row.tab === tab),
  }));
  const keys = commands.filter(({ id, title, second }) => {
    const own = keysOf(id);
    return !second && either([title], own && shortcutLabel(own));
  });
  return { rows, keys, count: found.length + keys.length };
}
