// The menus of the system: the same commands, words and keys as in the palette.

import { t } from "../i18n";
import type { MenuGroup, MenuWords } from "../ipc/client";
import * as ipc from "../ipc/client";
import { type AppCommand, command, commands, runCommand } from "../keys/commands";
import { isMac, matches, shortcutLabel } from "../keys/keymap";
import { settings } from "./settings.svelte";
import { ui } from "./ui.svelte";

const runs = (one: AppCommand) => ui.dialog === null && one.enabled?.() !== false;

/** The menus, group by group as the palette has them. */
export function menuGroups(): MenuGroup[] {
  const groups = new Map<string, AppCommand[]>();
  for (const one of commands) {
    if (one.hidden === true && one.id !== "palette") continue;
    const group = groups.get(one.group) ?? [];
    groups.set(one.group, [...group, one]);
  }
  return [...groups].map(([, all]) => ({
    title: all[0] ? t(all[0].group) : "",
    commands: all.map((one) => ({
      id: one.id,
      title: t(one.title),
      label: one.keys === undefined ? null : shortcutLabel(one.keys),
      keys: one.keys ?? null,
      enabled: runs(one),
    })),
  }));
}

function menuWords(): MenuWords {
  return {
    app: t("app.name"),
    edit: t("menu.edit"),
    undo: t("menu.undo"),
    redo: t("menu.redo"),
    cut: t("menu.cut"),
    copy: t("common.copy"),
    paste: t("menu.paste"),
    select_all: t("menu.selectAll"),
    hide: t("menu.hide"),
    hide_others: t("menu.hideOthers"),
    show_all: t("menu.showAll"),
    quit: t("menu.quit"),
  };
}

/** Milliseconds in which a key and its entry in the menu are one press. */
const onePress = 80;
let pressed: KeyboardEvent | null = null;

/**
 * Runs what was chosen in a menu. On a Mac a key may reach the page and the menu both: then the page has
 * acted on it.
 */
export function chosen(id: string, now = performance.now()): void {
  const keys = command(id)?.keys;
  const same = pressed !== null && keys !== undefined && matches(pressed, keys);
  if (same && pressed !== null && now - pressed.timeStamp < onePress) return;
  if (ui.dialog === null) runCommand(id);
}

export function notePress(event: KeyboardEvent): void {
  pressed = event;
}

/** Keeps the menus as the commands are, from now on. */
export function followMenus(): void {
  addEventListener("keydown", notePress, { capture: true });
  void ipc.onMenuChosen(chosen);
  const shown = () => isMac || settings.menu_bar;
  let was = false;
  $effect.root(() => {
    const now = $derived(shown());
    const layout = $derived(now ? JSON.stringify([menuGroupsOnly(), menuWords()]) : "");
    $effect(() => {
      void layout;
      if (now || was) void ipc.setMenu(now ? menuGroups() : [], menuWords(), now).catch(() => {});
      was = now;
    });
    const enabled = $derived(now ? JSON.stringify(commands.filter(runs).map(({ id }) => id)) : "");
    $effect(() => {
      if (enabled !== "") void ipc.enableCommands(JSON.parse(enabled)).catch(() => {});
    });
  });
}

/** The menus without what changes while they stand. */
function menuGroupsOnly(): unknown {
  return menuGroups().map(({ title, commands: all }) => [
    title,
    all.map(({ id, title: name, label }) => [id, name, label]),
  ]);
}
