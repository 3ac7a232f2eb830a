import type { palette as ko } from "../ko/palette";

/** Commands and quick switch. */
export const palette: Record<keyof typeof ko, string> = {
  "palette.title": "Commands",
  "palette.field": "Find a command",
  "palette.placeholder": "Find a command",
  "palette.switch.title": "Quick switch",
  "palette.switch.field": "Find a question",
  "palette.switch.placeholder": "Words of a question or topic",
  "palette.list": "Commands",
  "palette.switch.list": "Questions",
  "palette.group.newest": "Newest questions",
  "palette.group.found": "Questions found",
  "palette.none": "No command matches “{query}”",
  "palette.none.switch": "Find questions with these words",
  "palette.switch.none": "No question matches “{query}”",
  "palette.switch.none.search": "Search everywhere",
  "palette.keys.choose": "Choose",
  "palette.keys.run": "Run",
  "palette.keys.open": "Open",
  "palette.hint.switch": "go to a question",
  "palette.hint.commands": "commands",
};
