// Commands that change what is around an answer: its question, day and post.

import BookOpenText from "@lucide/svelte/icons/book-open-text";
import CalendarArrowUp from "@lucide/svelte/icons/calendar-arrow-up";
import CalendarPlus from "@lucide/svelte/icons/calendar-plus";
import FilePlus from "@lucide/svelte/icons/file-plus";
import Lightbulb from "@lucide/svelte/icons/lightbulb";
import Pencil from "@lucide/svelte/icons/pencil";
import Tags from "@lucide/svelte/icons/tags";
import Trash from "@lucide/svelte/icons/trash";
import { editPart } from "../../state/edits.svelte";
import { openDialog } from "../../state/ui.svelte";
import type { AppCommand } from "../command";
import { canWrite, opened } from "./when";

export const editCommands: readonly AppCommand[] = [
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
];
