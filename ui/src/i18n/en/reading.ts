/** A post read whole. */
export const reading = {
  "reading.back": "Back",
  "reading.outline": "Contents",
  "reading.sections": "Text of the post",
  "reading.questions": "Questions of this post",
  "reading.lead": "Lead",
  "reading.sectionCount": "Sections: {count}",
  "reading.entryCount": "Questions: {count}",
  "reading.blank": "Nothing is written in this post yet",
  "reading.blankHint":
    "Add a first question, or write on in your editor. What you save there shows here at once.",
  "reading.gone": "The file of this post is gone or cannot be read. This is what was read last.",
  "drawing.alt": "Mermaid drawing",
  "drawing.altNamed": "Mermaid drawing: {title}",
  "drawing.source": "Show source",
  "drawing.failed": "This cannot be read as a drawing, so its source is shown.",
  "drawing.failedAt": "Line {line} cannot be read, so the source of the drawing is shown.",
  "drawing.long": "This is too long to be drawn, so its source is shown.",
  "days.bare": "No questions",
  "days.bareAdd": "No questions, write a new one",
  "days.add": "New question",
} as const;
