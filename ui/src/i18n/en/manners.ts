import type { manners as ko } from "../ko/manners";

/** Several notebooks, a folder that is gone, menus of the system, links. */
export const manners: Record<keyof typeof ko, string> = {
  "libraries.title": "Switch notebook",
  "libraries.here": "open",
  "libraries.missing": "folder missing",
  "libraries.none": "No notebook was opened before.",
  "libraries.forget": "{name}: take off the list",
  "libraries.hint":
    "Taking one off the list leaves its folder and posts alone. A folder dragged into the window opens, too.",
  "folderGone.title": "The open folder is gone.",
  "folderGone.text":
    "There is nothing at {path}. Connect the drive again or put the folder back, and you can go on. What you write meanwhile is kept aside.",
  "folderGone.back": "The folder is back. What was kept aside is being saved.",
  "cmd.libraries": "Switch notebook…",
  "cmd.copyLink": "Copy link to this question",
  "cmd.menuBar": "Show or hide the menu bar",
  "menu.edit": "Edit",
  "menu.undo": "Undo",
  "menu.redo": "Redo",
  "menu.cut": "Cut",
  "menu.paste": "Paste",
  "menu.selectAll": "Select All",
  "menu.hide": "Hide Dapanji",
  "menu.hideOthers": "Hide Others",
  "menu.showAll": "Show All",
  "menu.quit": "Quit Dapanji",
  "error.link_refused":
    "This link cannot be opened: {path}. Open the folder it is about once, then follow it again.",
};
