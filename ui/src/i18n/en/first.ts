import type { first as ko } from "../ko/first";

export const first: Record<keyof typeof ko, string> = {
  "first.subject": "Subject",
  "first.subjectValue": "Technical interview",
  "first.date": "Date",
  "first.name": "Name",
  "first.nameValue": "May be left blank",
  "first.lead":
    "Answer a few interview questions every day, compare with model answers, and recall them again.",
  "first.question": "Where would you like to start?",
  "first.open": "Open a folder",
  "first.openHint": "A folder of markdown posts, or the _posts of a Jekyll blog",
  "first.sample": "Look around in the sample notebook",
  "first.sampleHint": "It is a copy; change whatever you like",
  "first.recent": "Open {folder} again",
  "first.filesTitle": "Files stay as they are",
  "first.files": "Only the answer you edit changes, not one other character.",
  "first.keptTitle": "Nothing is lost",
  "first.kept": "Every text that was overwritten stays in this computer’s history.",
  "first.privateTitle": "Nothing leaves",
  "first.private": "No account and no network. Everything happens on this computer.",
  "first.opening": "Reading the folder",
};
