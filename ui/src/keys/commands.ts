// Everything the window can do at a key or from the palette.

import type { LucideIcon } from "@lucide/svelte";
import ArchiveRestore from "@lucide/svelte/icons/archive-restore";
import BookOpen from "@lucide/svelte/icons/book-open";
import BookOpenText from "@lucide/svelte/icons/book-open-text";
import CalendarArrowUp from "@lucide/svelte/icons/calendar-arrow-up";
import CalendarDays from "@lucide/svelte/icons/calendar-days";
import CalendarPlus from "@lucide/svelte/icons/calendar-plus";
import ChevronDown from "@lucide/svelte/icons/chevron-down";
import ChevronLeft from "@lucide/svelte/icons/chevron-left";
import ChevronRight from "@lucide/svelte/icons/chevron-right";
import ChevronUp from "@lucide/svelte/icons/chevron-up";
import Code from "@lucide/svelte/icons/code";
import Columns2 from "@lucide/svelte/icons/columns-2";
import Command from "@lucide/svelte/icons/command";
import FileClock from "@lucide/svelte/icons/file-clock";
import FileDown from "@lucide/svelte/icons/file-down";
import FilePlus from "@lucide/svelte/icons/file-plus";
import FileText from "@lucide/svelte/icons/file-text";
import FoldVertical from "@lucide/svelte/icons/fold-vertical";
import FolderOpen from "@lucide/svelte/icons/folder-open";
import FolderSymlink from "@lucide/svelte/icons/folder-symlink";
import Lightbulb from "@lucide/svelte/icons/lightbulb";
import Link from "@lucide/svelte/icons/link";
import List from "@lucide/svelte/icons/list";
import Monitor from "@lucide/svelte/icons/monitor";
import Moon from "@lucide/svelte/icons/moon";
import NotebookText from "@lucide/svelte/icons/notebook-text";
import PanelLeft from "@lucide/svelte/icons/panel-left";
import PanelRight from "@lucide/svelte/icons/panel-right";
import PanelTop from "@lucide/svelte/icons/panel-top";
import Pencil from "@lucide/svelte/icons/pencil";
import Plus from "@lucide/svelte/icons/plus";
import Replace from "@lucide/svelte/icons/replace";
import RotateCcwClock from "@lucide/svelte/icons/rotate-ccw-clock";
import Save from "@lucide/svelte/icons/save";
import Search from "@lucide/svelte/icons/search";
import Settings from "@lucide/svelte/icons/settings";
import Sun from "@lucide/svelte/icons/sun";
import SunMedium from "@lucide/svelte/icons/sun-medium";
import Tags from "@lucide/svelte/icons/tags";
import TextSearch from "@lucide/svelte/icons/text-search";
import Trash from "@lucide/svelte/icons/trash";
import UnfoldVertical from "@lucide/svelte/icons/unfold-vertical";
import { moveRegion } from "../a11y/focus";
import type { Key } from "../i18n";
import { flushAll } from "../state/edited-texts";
import { editPart } from "../state/edits.svelte";
import { current } from "../state/entry.svelte";
import { canFind, canReplace, findShown, openFind, stepFind } from "../state/find.svelte";
import { copyLink } from "../state/libraries.svelte";
import { matchesShown, stepMatch } from "../state/matches.svelte";
import {
  chooseFolder,
  goToday,
  nextEntry,
  openCompare,
  openHistory,
  openPostPage,
  openSample,
  previousEntry,
  showList,
  toggleHint,
  toggleHistory,
  toggleModel,
  toggleSide,
} from "../state/navigation.svelte";
import { notebook } from "../state/notebook.svelte";
import { writable } from "../state/posts.svelte";
import { reading } from "../state/reading.svelte";
import { changeSettings, settings } from "../state/settings.svelte";
import { toggleSource } from "../state/source.svelte";
import { textShown } from "../state/text-view";
import { openAdd, openDialog, openExport, openSearch, ui } from "../state/ui.svelte";
import { ariaShortcut, isMac, matches, type Shortcut } from "./keymap";

export interface AppCommand {
  id: string;
  /** What it is called. */
  title: Key;
  /** Under which heading the palette lists it. */
  group: Key;
  icon: LucideIcon;
  /** Its usual key; the user's own comes from `keysOf`. */
  keys?: Shortcut;
  /** Whether it can run now; always if not given. */
  enabled?: () => boolean;
  /** Whether it stays out of the palette. */
  hidden?: boolean;
  /** Whether it is another's second key, and out of the settings too. */
  second?: boolean;
  run: () => void;
}

const opened = () => notebook.opened !== null;
const onSheet = () => opened() && ui.view === "entry" && current.page !== null;
const canWrite = () => onSheet() && writable();
const onPost = () => opened() && ui.view === "post" && reading.page !== null;
/** Path of the post that is shown, whole or one question of it. */
const shownPost = () => (onPost() ? reading.page?.path : current.page?.path) ?? "";
/** What the keys for matches step through: those of the bar, or of the search. */
const canStep = () => findShown() || matchesShown();
const step = (by: 1 | -1) => void (findShown() ? stepFind(by) : stepMatch(by));
const onSource = () => opened() && ui.view === "source";
const hasEntry = () =>
  opened() && current.page !== null && (ui.view === "entry" || ui.view === "compare");

export const commands: readonly AppCommand[] = [
  {
    id: "today",
    title: "cmd.today",
    group: "cmd.group.go",
    icon: Sun,
    keys: "Mod-Digit0",
    enabled: opened,
    run: goToday,
  },
  {
    id: "search",
    title: "cmd.search",
    group: "cmd.group.go",
    icon: Search,
    keys: "Mod-Shift-KeyF",
    enabled: opened,
    run: () => openSearch(),
  },
  {
    id: "nextMatch",
    title: "cmd.nextMatch",
    group: "cmd.group.go",
    icon: ChevronDown,
    keys: "F3",
    enabled: canStep,
    run: () => step(1),
  },
  {
    id: "previousMatch",
    title: "cmd.previousMatch",
    group: "cmd.group.go",
    icon: ChevronUp,
    keys: "Shift-F3",
    enabled: canStep,
    run: () => step(-1),
  },
  {
    id: "nextMatch2",
    title: "cmd.nextMatch",
    group: "cmd.group.go",
    icon: ChevronDown,
    keys: "Mod-KeyG",
    enabled: canStep,
    hidden: true,
    second: true,
    run: () => step(1),
  },
  {
    id: "previousMatch2",
    title: "cmd.previousMatch",
    group: "cmd.group.go",
    icon: ChevronUp,
    keys: "Mod-Shift-KeyG",
    enabled: canStep,
    hidden: true,
    second: true,
    run: () => step(-1),
  },
  {
    id: "quick",
    title: "cmd.quick",
    group: "cmd.group.go",
    icon: TextSearch,
    keys: "Mod-KeyP",
    enabled: opened,
    run: () => openDialog("quick"),
  },
  {
    id: "palette",
    title: "cmd.palette",
    group: "cmd.group.go",
    icon: Command,
    keys: "Mod-KeyK",
    hidden: true,
    run: () => openDialog("palette"),
  },
  {
    id: "days",
    title: "cmd.days",
    group: "cmd.group.go",
    icon: List,
    keys: "Mod-Digit1",
    enabled: opened,
    run: () => showList("days"),
  },
  {
    id: "calendar",
    title: "cmd.calendar",
    group: "cmd.group.go",
    icon: CalendarDays,
    keys: "Mod-Digit2",
    enabled: opened,
    run: () => showList("calendar"),
  },
  {
    id: "posts",
    title: "cmd.posts",
    group: "cmd.group.go",
    icon: FileText,
    keys: "Mod-Digit3",
    enabled: opened,
    run: () => showList("posts"),
  },
  {
    id: "wholePost",
    title: "cmd.wholePost",
    group: "cmd.group.go",
    icon: BookOpenText,
    keys: "Mod-Shift-KeyP",
    enabled: hasEntry,
    run: () => void openPostPage(current.page?.path ?? ""),
  },
  {
    id: "previous",
    title: "cmd.previous",
    group: "cmd.group.go",
    icon: ChevronLeft,
    keys: "Mod-Shift-BracketLeft",
    enabled: () => hasEntry() && !!current.page?.previous,
    run: previousEntry,
  },
  {
    id: "next",
    title: "cmd.next",
    group: "cmd.group.go",
    icon: ChevronRight,
    keys: "Mod-Shift-BracketRight",
    enabled: () => hasEntry() && !!current.page?.next,
    run: nextEntry,
  },
  {
    id: "add",
    title: "cmd.add",
    group: "cmd.group.write",
    icon: Plus,
    keys: "Mod-KeyN",
    enabled: opened,
    run: () => openAdd(),
  },
  {
    id: "save",
    title: "cmd.save",
    group: "cmd.group.write",
    icon: Save,
    keys: "Mod-KeyS",
    enabled: () => hasEntry() || onSource(),
    run: () => void flushAll(),
  },
  {
    id: "find",
    title: "cmd.find",
    group: "cmd.group.write",
    icon: Search,
    keys: "Mod-KeyF",
    enabled: canFind,
    run: () => openFind(false),
  },
  {
    id: "replace",
    title: "cmd.replace",
    group: "cmd.group.write",
    icon: Replace,
    keys: "Mod-Alt-KeyF",
    enabled: canReplace,
    run: () => openFind(true),
  },
  {
    id: "replace2",
    title: "cmd.replace",
    group: "cmd.group.write",
    icon: Replace,
    keys: "Mod-KeyH",
    enabled: canReplace,
    hidden: true,
    second: true,
    run: () => openFind(true),
  },
  {
    id: "fold",
    title: "cmd.fold",
    group: "cmd.group.write",
    icon: FoldVertical,
    keys: "Mod-Alt-BracketLeft",
    enabled: () => textShown() !== null,
    run: () => void textShown()?.fold(),
  },
  {
    id: "unfold",
    title: "cmd.unfold",
    group: "cmd.group.write",
    icon: UnfoldVertical,
    keys: "Mod-Alt-BracketRight",
    enabled: () => textShown() !== null,
    run: () => void textShown()?.unfold(),
  },
  {
    id: "source",
    title: "cmd.source",
    group: "cmd.group.write",
    icon: Code,
    keys: "Mod-Shift-KeyS",
    enabled: () => onSheet() || onPost() || onSource(),
    run: () => void toggleSource(),
  },
  {
    id: "hint",
    title: "cmd.hint",
    group: "cmd.group.write",
    icon: Lightbulb,
    keys: "Mod-Period",
    enabled: () => onSheet() && !!current.page?.hint_html,
    run: toggleHint,
  },
  {
    id: "model",
    title: "cmd.model",
    group: "cmd.group.write",
    icon: BookOpen,
    keys: "Mod-Enter",
    enabled: onSheet,
    run: toggleModel,
  },
  {
    id: "compare",
    title: "cmd.compare",
    group: "cmd.group.write",
    icon: Columns2,
    keys: "Mod-Shift-Enter",
    enabled: onSheet,
    run: openCompare,
  },
  {
    id: "editQuestion",
    title: "cmd.editQuestion",
    group: "cmd.group.edit",
    icon: Pencil,
    keys: "F2",
    enabled: canWrite,
    run: () => editPart("question"),
  },
  {
    id: "editAbout",
    title: "cmd.editAbout",
    group: "cmd.group.edit",
    icon: Tags,
    keys: "Mod-Shift-KeyL",
    enabled: canWrite,
    run: () => editPart("about"),
  },
  {
    id: "editHint",
    title: "cmd.editHint",
    group: "cmd.group.edit",
    icon: Lightbulb,
    keys: "Mod-Shift-Period",
    enabled: canWrite,
    run: () => editPart("hint"),
  },
  {
    id: "editModel",
    title: "cmd.editModel",
    group: "cmd.group.edit",
    icon: BookOpenText,
    keys: "Mod-Shift-KeyA",
    enabled: canWrite,
    run: () => editPart("model"),
  },
  {
    id: "move",
    title: "cmd.move",
    group: "cmd.group.edit",
    icon: CalendarArrowUp,
    keys: "Mod-Shift-KeyD",
    enabled: canWrite,
    run: () => openDialog("move"),
  },
  {
    id: "delete",
    title: "cmd.delete",
    group: "cmd.group.edit",
    icon: Trash,
    keys: "Mod-Shift-Backspace",
    enabled: canWrite,
    run: () => openDialog("delete"),
  },
  {
    id: "addDay",
    title: "cmd.addDay",
    group: "cmd.group.edit",
    icon: CalendarPlus,
    keys: "Mod-Shift-KeyN",
    enabled: opened,
    run: () => openDialog("day"),
  },
  {
    id: "addPost",
    title: "cmd.addPost",
    group: "cmd.group.edit",
    icon: FilePlus,
    keys: "Mod-Alt-KeyN",
    enabled: opened,
    run: () => openDialog("post"),
  },
  {
    id: "history",
    title: "cmd.history",
    group: "cmd.group.view",
    icon: RotateCcwClock,
    keys: "Mod-Shift-KeyH",
    enabled: () => onSheet() || onPost(),
    run: toggleHistory,
  },
  {
    id: "postHistory",
    title: "cmd.postHistory",
    group: "cmd.group.view",
    icon: FileClock,
    enabled: () => onSheet() || onPost(),
    run: () => void openHistory({ kind: "post", path: shownPost() }),
  },
  {
    id: "deleted",
    title: "cmd.deleted",
    group: "cmd.group.view",
    icon: ArchiveRestore,
    enabled: opened,
    run: () => void openHistory({ kind: "folder", show: "deleted" }),
  },
  {
    id: "side",
    title: "cmd.side",
    group: "cmd.group.view",
    icon: PanelLeft,
    keys: "Mod-Backslash",
    enabled: opened,
    run: toggleSide,
  },
  {
    id: "pane",
    title: "cmd.pane",
    group: "cmd.group.view",
    icon: PanelRight,
    keys: "Mod-Shift-Backslash",
    enabled: onSheet,
    run: () => {
      ui.pane = !ui.pane;
    },
  },
  {
    id: "nextRegion",
    title: "cmd.nextRegion",
    group: "cmd.group.view",
    icon: ChevronRight,
    keys: "F6",
    hidden: true,
    run: () => void moveRegion(1),
  },
  {
    id: "previousRegion",
    title: "cmd.previousRegion",
    group: "cmd.group.view",
    icon: ChevronLeft,
    keys: "Shift-F6",
    hidden: true,
    run: () => void moveRegion(-1),
  },
  {
    id: "theme.light",
    title: "cmd.theme.light",
    group: "cmd.group.view",
    icon: SunMedium,
    run: () => changeSettings({ theme: "light" }),
  },
  {
    id: "theme.dark",
    title: "cmd.theme.dark",
    group: "cmd.group.view",
    icon: Moon,
    run: () => changeSettings({ theme: "dark" }),
  },
  {
    id: "theme.system",
    title: "cmd.theme.system",
    group: "cmd.group.view",
    icon: Monitor,
    run: () => changeSettings({ theme: "system" }),
  },
  {
    id: "export",
    title: "cmd.export",
    group: "cmd.group.notebook",
    icon: FileDown,
    keys: "Mod-KeyE",
    enabled: opened,
    run: () => openExport(),
  },
  {
    id: "openFolder",
    title: "cmd.openFolder",
    group: "cmd.group.notebook",
    icon: FolderOpen,
    keys: "Mod-KeyO",
    run: () => void chooseFolder(),
  },
  {
    id: "openSample",
    title: "cmd.openSample",
    group: "cmd.group.notebook",
    icon: NotebookText,
    keys: "Mod-Shift-KeyO",
    run: () => void openSample(),
  },
  {
    id: "libraries",
    title: "cmd.libraries",
    group: "cmd.group.notebook",
    icon: FolderSymlink,
    keys: "Mod-Alt-KeyO",
    run: () => openDialog("libraries"),
  },
  {
    id: "copyLink",
    title: "cmd.copyLink",
    group: "cmd.group.notebook",
    icon: Link,
    enabled: hasEntry,
    run: () => void copyLink(),
  },
  {
    id: "menuBar",
    title: "cmd.menuBar",
    group: "cmd.group.view",
    icon: PanelTop,
    // A Mac has its menus at the top of the screen.
    hidden: isMac,
    run: () => changeSettings({ menu_bar: !settings.menu_bar }),
  },
  {
    id: "settings",
    title: "cmd.settings",
    group: "cmd.group.notebook",
    icon: Settings,
    keys: "Mod-Comma",
    run: () => openDialog("settings"),
  },
];

export function command(id: string): AppCommand | undefined {
  return commands.find((found) => found.id === id);
}

/** The key of a command now: the user's own, else the usual one; none if it has none. */
export function keysOf(id: string): Shortcut | undefined {
  const own = settings.keys[id];
  return own === undefined ? command(id)?.keys : own || undefined;
}

/** The key of a command for `aria-keyshortcuts`. */
export function ariaOf(id: string): string | undefined {
  const keys = keysOf(id);
  return keys && ariaShortcut(keys);
}

/** Whether `event` is the key of a command. */
export function pressed(event: KeyboardEvent, id: string): boolean {
  const keys = keysOf(id);
  return keys !== undefined && matches(event, keys);
}

/** Runs a command if it can run now. Returns whether it ran. */
export function runCommand(id: string): boolean {
  const found = command(id);
  if (!found || found.enabled?.() === false) return false;
  found.run();
  return true;
}

/** Runs the command of a key. Returns whether the key was one. */
export function handleKey(event: KeyboardEvent): boolean {
  const found = commands.find(({ id }) => pressed(event, id));
  if (!found) return false;
  // A key of ours never falls through to the engine: Ctrl+P would print.
  event.preventDefault();
  if (found.enabled?.() !== false) found.run();
  return true;
}
