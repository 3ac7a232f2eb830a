import type { AppCommand } from "./commands";

/**
 * What was chosen from a menu of commands. It runs when the menu is gone and the focus is back at the
 * menu's button: a dialog that the command opens will return it there.
 */
export class MenuChoice {
  #button: () => HTMLElement | null;
  #chosen: AppCommand | null = null;

  constructor(button: () => HTMLElement | null) {
    this.#button = button;
  }

  choose(command: AppCommand): void {
    this.#chosen = command;
  }

  /** Hears that the menu is closing and is about to move the focus. */
  closed = (event: Event): void => {
    const command = this.#chosen;
    this.#chosen = null;
    if (!command) return;
    event.preventDefault();
    this.#button()?.focus();
    command.run();
  };
}
