export type Language = "ko" | "en";

/** The language shown now. Reading it in a component makes the component follow a change. */
export const language = $state<{ current: Language }>({ current: "ko" });
