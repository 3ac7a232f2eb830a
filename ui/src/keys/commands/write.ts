// Commands for writing an answer or a whole post.

import BookOpen from "@lucide/svelte/icons/book-open";
import Code from "@lucide/svelte/icons/code";
import Columns2 from "@lucide/svelte/icons/columns-2";
import FoldVertical from "@lucide/svelte/icons/fold-vertical";
import Lightbulb from "@lucide/svelte/icons/lightbulb";
import Plus from "@lucide/svelte/icons/plus";
import Replace from "@lucide/svelte/icons/replace";
import Save from "@lucide/svelte/icons/save";
import Search from "@lucide/svelte/icons/search";
import UnfoldVertical from "@lucide/svelte/icons/unfold-vertical";
import { flushAll } from "../../state/edited-texts";
import { current } from "../../state/entry.svelte";
import { canFind, canReplace, openFind } from "../../state/find.svelte";
import { openCompare, toggleHint, toggleModel } from "../../state/navigation.svelte";
import { toggleSource } from "../../state/source.svelte";
import { textShown } from "../../state/text-view";
import { openAdd } from "../../state/ui.svelte";
import type { AppCommand } from "../command";
import { hasEntry, onPost, onSheet, onSource, opened } from "./when";

export const writeCommands: readonly AppCommand[] = [
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
];
