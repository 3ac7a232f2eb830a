import { add } from "./ko/add";
import { commands } from "./ko/commands";
import { common } from "./ko/common";
import { compare } from "./ko/compare";
import { edit } from "./ko/edit";
import { editor } from "./ko/editor";
import { exporting } from "./ko/export";
import { first } from "./ko/first";
import { history } from "./ko/history";
import { manners } from "./ko/manners";
import { palette } from "./ko/palette";
import { reading } from "./ko/reading";
import { search } from "./ko/search";
import { settings } from "./ko/settings";
import { sheet } from "./ko/sheet";
import { shell } from "./ko/shell";
import { today } from "./ko/today";
import { unsaved } from "./ko/unsaved";

/** All words of the interface. The keys of `Key` come from here. */
export const ko = {
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
} as const;

export type Key = keyof typeof ko;
