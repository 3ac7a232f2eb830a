// Commands about what is shown, and how.

import ArchiveRestore from "@lucide/svelte/icons/archive-restore";
import ChevronLeft from "@lucide/svelte/icons/chevron-left";
import ChevronRight from "@lucide/svelte/icons/chevron-right";
import FileClock from "@lucide/svelte/icons/file-clock";
import Monitor from "@lucide/svelte/icons/monitor";
import Moon from "@lucide/svelte/icons/moon";
import PanelLeft from "@lucide/svelte/icons/panel-left";
import PanelRight from "@lucide/svelte/icons/panel-right";
import PanelTop from "@lucide/svelte/icons/panel-top";
import RotateCcwClock from "@lucide/svelte/icons/rotate-ccw-clock";
import SunMedium from "@lucide/svelte/icons/sun-medium";
import { moveRegion } from "../../a11y/focus";
import { toggleSide } from "../../state/columns";
import { openHistory, toggleHistory } from "../../state/navigation.svelte";
import { changeSettings, settings } from "../../state/settings.svelte";
import { ui } from "../../state/ui.svelte";
import type { AppCommand } from "../command";
import { isMac } from "../keymap";
import { onPost, onSheet, opened, shownPost } from "./when";

export const viewCommands: readonly AppCommand[] = [
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
    id: "menuBar",
    title: "cmd.menuBar",
    group: "cmd.group.view",
    icon: PanelTop,
    // A Mac has its menus at the top of the screen.
    hidden: isMac,
    run: () => changeSettings({ menu_bar: !settings.menu_bar }),
  },
];
