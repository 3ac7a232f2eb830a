// Every page and dialog of the window, and how one gets there from its start.

import { dialogsPlaces } from "./places/dialogs";
import { pagesPlaces } from "./places/pages";
import { searchPlaces } from "./places/search";
import { sheetPlaces } from "./places/sheet";
import type { Place } from "./steps";

export const places: readonly Place[] = [
  ...pagesPlaces,
  ...sheetPlaces,
  ...searchPlaces,
  ...dialogsPlaces,
];
