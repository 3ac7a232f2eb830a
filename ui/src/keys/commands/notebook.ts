// Commands about the notebook as a whole.

import FileDown from "@lucide/svelte/icons/file-down";
import FolderOpen from "@lucide/svelte/icons/folder-open";
import FolderSymlink from "@lucide/svelte/icons/folder-symlink";
import Link from "@lucide/svelte/icons/link";
import NotebookText from "@lucide/svelte/icons/notebook-text";
import Settings from "@lucide/svelte/icons/settings";
import { copyLink } from "../../state/libraries.svelte";
import { chooseFolder, openSample } from "../../state/opening";
import { openDialog, openExport } from "../../state/ui.svelte";
import type { AppCommand } from "../command";
import { hasEntry, opened } from "./when";

export const notebookCommands: readonly AppCommand[] = [
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
    id: "settings",
    title: "cmd.settings",
    group: "cmd.group.notebook",
    icon: Settings,
    keys: "Mod-Comma",
    run: () => openDialog("settings"),
  },
];
