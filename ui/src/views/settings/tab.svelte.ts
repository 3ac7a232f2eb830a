// The page of the settings that was open last: it opens there again until the window closes.

export type SettingsTab = "looks" | "history" | "keys" | "language";

export const lastTab = $state<{ value: SettingsTab }>({ value: "looks" });
