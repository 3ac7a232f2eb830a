import type { common as ko } from "../ko/common";

export const common: Record<keyof typeof ko, string> = {
  "app.name": "Dapanji",
  "common.close": "Close",
  "common.cancel": "Cancel",
  "common.copy": "Copy",
  "common.copied": "Copied",
  "common.retry": "Try again",
  "common.loading": "Reading",
  "common.undated": "No date",
  "common.today": "Today",
  "common.noCategory": "No category",
  "date.months": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
  "date.weekdays": "Sun Mon Tue Wed Thu Fri Sat",
  "date.day": "{month} {day}",
  "date.dayOfYear": "{month} {day}, {year}",
  "state.empty": "No answer",
  "state.draft": "Draft",
  "state.written": "Answered",
  "model.state.none": "No model answer",
  "model.state.placeholder": "Model answer still to be written",
  "model.state.written": "Has a model answer",
  "save.saved": "Saved",
  "save.saving": "Saving",
  "save.failed": "Not saved",
  "save.conflict": "Conflict",
  "save.gone": "No longer in the file",
  "toast.region": "Notices",
  "toast.dismiss": "Dismiss notice",
  "error.folder_missing":
    "The folder cannot be found: {path}. If it was moved or renamed, open it again.",
  "error.folder_unreadable": "The folder cannot be read: {path}. Check its permissions.",
  "error.not_a_post": "This is not a markdown post: {path}.",
  "error.unreadable": "The post cannot be read: {path}. Check its permissions.",
  "error.not_utf8":
    "The post is not UTF-8, so it was not written: {path}. Press “Convert to UTF-8” above it first.",
  "error.too_large": "The post is too large and was not read: {path}.",
  "error.unknown_entry":
    "This question is not in the file any more. It was deleted or changed a lot.",
  "error.ambiguous_entry":
    "Several questions are the same, so it is unclear which one is meant: {path}.",
  "error.conflict": "Another program changed the file meanwhile: {path}.",
  "error.breaks_structure": "Saving this would break the structure of the post: {message}",
  "error.conflict_markers":
    "Git’s conflict markers are at line {line}. Choose which text to keep first.",
  "error.breaks.heading": "Line {line} is a heading that would end this part. Add more #.",
  "error.breaks.separator":
    "Line {line} is a rule that would part the questions. Leave it out or write text below it.",
  "error.breaks.open_fence":
    "Line {line} opens a code block that is never closed. Close it with ```.",
  "error.breaks.open_tag":
    "Line {line} opens a tag that is never closed. Close it or put it in backticks.",
  "error.breaks.quote":
    "Line {line} is a quote that would be read as another part. Word it differently.",
  "error.breaks.attributes":
    "Line {line} is an attribute list, which would belong to another block. Leave it out.",
  "error.breaks.audience":
    "Line {line} is only a name in brackets, which would begin another version. Add words to it.",
  "error.breaks.conflict_markers":
    "Line {line} reads as git’s conflict markers. Put them in a code block (```).",
  "error.breaks.other": "Line {line} would be read as another part. Word it differently.",
  "error.read_only": "The file is read-only: {path}. Check its permissions.",
  "error.read_only_folder":
    "Nothing can be saved in this folder: {path}. Check the folder's permissions.",
  "error.read_only_disk":
    "The disk can only be read: {path}. Check that it is mounted for writing.",
  "error.disk_full": "The disk is full: {path}. Make room, then save again.",
  "error.place_unusable":
    "Not saved, as the old version cannot be kept: {path}. Check that folder's permissions.",
  "error.post_gone": "The file is gone: {path}. It was deleted or renamed.",
  "error.folder_gone":
    "The opened folder is gone: {path}. Bring the folder or drive back, or open it where it is now.",
  "error.write_failed": "The file could not be written: {path}. Check disk space and permissions.",
  "error.invalid_request": "The request was not understood: {message}",
  "error.nothing_selected": "Nothing is selected. Widen the range.",
  "error.cancelled": "Cancelled.",
  "error.internal": "Unexpected error: {message}",
};
