// What only eyes would notice is said here; App.svelte holds the live region.

export const announcer = $state({ text: "" });

/** Has a screen reader say `text` when it is done with what it says now. */
export function announce(text: string): void {
  // The same words twice in a row would be no change to the live region.
  announcer.text = announcer.text === text ? `${text}\u00a0` : text;
}
