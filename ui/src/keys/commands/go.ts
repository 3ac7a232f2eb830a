// Commands that go somewhere.

import BookOpenText from "@lucide/svelte/icons/book-open-text";
import CalendarDays from "@lucide/svelte/icons/calendar-days";
import ChevronDown from "@lucide/svelte/icons/chevron-down";
import ChevronLeft from "@lucide/svelte/icons/chevron-left";
import ChevronRight from "@lucide/svelte/icons/chevron-right";
import ChevronUp from "@lucide/svelte/icons/chevron-up";
import Command from "@lucide/svelte/icons/command";
import FileText from "@lucide/svelte/icons/file-text";
import List from "@lucide/svelte/icons/list";
import Search from "@lucide/svelte/icons/search";
import Sun from "@lucide/svelte/icons/sun";
import TextSearch from "@lucide/svelte/icons/text-search";
import { showList } from "../../state/columns";
import { current } from "../../state/entry.svelte";
import { goToday, nextEntry, openPostPage, previousEntry } from "../../state/navigation.svelte";
import { openDialog, openSearch } from "../../state/ui.svelte";
import type { AppCommand } from "../command";
import { canStep, hasEntry, opened, step } from "./when";

export const goCommands: readonly AppCommand[] = [
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
];
