// A copy of the sample notebook, for one scenario, and its files as they are on disk.

import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const sample = resolve(dirname(fileURLToPath(import.meta.url)), "../../../assets/sample");

/** The posts of the sample by week, by a part of their names. */
const weeks = { first: "1주차", second: "2주차" };

export class Notebook {
  /** Texts of posts that came to the sample's. */
  #added = [];

  /** @param {string} folder where the copy goes */
  constructor(folder) {
    cpSync(sample, folder, { recursive: true });
    this.folder = folder;
  }

  /** @param {"first" | "second"} week */
  path(week) {
    const posts = join(this.folder, "_posts");
    const name = readdirSync(posts).find((file) => file.normalize("NFC").includes(weeks[week]));
    if (!name) throw new Error(`the sample has no post of the ${week} week`);
    return join(posts, name);
  }

  /** @param {"first" | "second"} week */
  read(week) {
    return readFileSync(this.path(week), "utf8");
  }

  /** Puts another post into the notebook. */
  add(name, text) {
    this.#added.push(text);
    writeFileSync(join(this.folder, "_posts", name), text);
  }

  /** Writes over the post in place, as some editors do. */
  write(week, text) {
    writeFileSync(this.path(week), text);
  }

  /** Puts another file in the post's place, as other editors do. */
  replace(week, text) {
    const path = this.path(week);
    writeFileSync(`${path}.tmp`, text);
    renameSync(`${path}.tmp`, path);
  }

  /** All questions of the posts, in the order of the files. */
  questions() {
    const texts = [...Object.keys(weeks).map((week) => this.read(week)), ...this.#added];
    return texts.flatMap((text) => [...text.matchAll(/^## (.+?)\s*$/gm)].map((match) => match[1]));
  }
}

/**
 * `text` with `change` made to the part between the heading of `question` and the next one.
 *
 * @param {string} text
 * @param {string} question a part of the question
 * @param {(block: string) => string} change
 */
export function inEntry(text, question, change) {
  const from = text.indexOf(question);
  if (from < 0) throw new Error(`no question with ${question}`);
  const next = text.slice(from).search(/\n#{1,2} /);
  const to = next < 0 ? text.length : from + next;
  const changed = change(text.slice(from, to));
  if (changed === text.slice(from, to)) throw new Error(`nothing to change under ${question}`);
  return text.slice(0, from) + changed + text.slice(to);
}
