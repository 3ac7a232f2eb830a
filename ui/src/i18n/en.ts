import { add } from "./en/add";
import { commands } from "./en/commands";
import { common } from "./en/common";
import { compare } from "./en/compare";
import { edit } from "./en/edit";
import { editor } from "./en/editor";
import { exporting } from "./en/export";
import { first } from "./en/first";
import { history } from "./en/history";
import { manners } from "./en/manners";
import { palette } from "./en/palette";
import { reading } from "./en/reading";
import { search } from "./en/search";
import { settings } from "./en/settings";
import { sheet } from "./en/sheet";
import { shell } from "./en/shell";
import { today } from "./en/today";
import { unsaved } from "./en/unsaved";
import type { Key } from "./ko";

/** The same keys in English; a missing one does not compile. */
export const en: Record<Key, string> = {
  ...common,
  ...shell,
  ...sheet,
  ...today,
  ...unsaved,
  ...first,
  ...settings,
  ...commands,
  ...search,
  ...compare,
  ...exporting,
  ...palette,
  ...add,
  ...edit,
  ...editor,
  ...reading,
  ...history,
  ...manners,
};
