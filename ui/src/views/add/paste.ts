/** What a pasted question block holds. */
export interface Pasted {
  readonly question: string;
  readonly category: string | null;
  readonly topic: string | null;
  readonly hint: string | null;
  readonly modelAnswer: string | null;
}

const HEADING = /^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$/u;
const QUESTION_LABEL = /^(?:질문|문제|Q(?:uestion)?)\s*\d*\s*[.:)]\s*/iu;
const ANSWER = /^(?:내\s*)?답변?$|^(?:my\s+)?answer$/iu;
const MODEL = /^모범\s*답안$|^model\s+answer$/iu;
const CATEGORY = /^(?:카테고리|분류|category)\s*[:：]\s*(.*)$/iu;
const HINT = /^(?:힌트|hint)\s*[:：]\s*(.*)$/iu;
const ATTRIBUTES = /^\{:.*\}\s*$/u;

/**
 * Takes a question block apart that was copied out of a post or a page.
 *
 * Returns none where the text is a question and nothing more, which needs no taking apart.
 */
export function takeApart(text: string): Pasted | null {
  const lines = text.replace(/\r\n?/gu, "\n").split("\n");
  const question: string[] = [];
  const hint: string[] = [];
  const model: string[] = [];
  let category: string | null = null;
  let topic: string | null = null;
  let into: string[] | null = question;
  let parts = 0;
  for (const line of lines) {
    if (ATTRIBUTES.test(line.trim())) continue;
    const bare = line.replace(/^\s*>\s?/u, "");
    const quoted = bare !== line;
    const title = HEADING.exec(bare)?.[1]?.replace(/[:：]\s*$/u, "");
    const categoryLine = CATEGORY.exec(bare.trim())?.[1];
    const hintLine = HINT.exec(bare.trim())?.[1];
    if (title !== undefined && MODEL.test(title)) {
      into = model;
      parts += 1;
    } else if (title !== undefined && ANSWER.test(title)) {
      into = null;
    } else if (categoryLine !== undefined) {
      [category, topic] = splitCategory(categoryLine);
      into = null;
      parts += 1;
    } else if (hintLine !== undefined) {
      hint.push(hintLine);
      into = hint;
      parts += 1;
    } else if (into === model && title !== undefined && !quoted) {
      // The heading of whatever comes after.
      into = null;
    } else if (into === hint && !quoted && bare.trim() !== "") {
      into = null;
    } else if (title !== undefined && into === question && question.join("") === "") {
      question.push(title);
    } else if (into === question && question.join("") !== "" && bare.trim() === "") {
      into = null;
    } else {
      into?.push(
        into === model ? bare.replace(/\s+$/u, (end) => (end.length > 1 ? "  " : "")) : bare.trim(),
      );
    }
  }
  if (parts === 0) return null;
  const asked = question.join(" ").trim().replace(QUESTION_LABEL, "");
  return {
    question: asked,
    category,
    topic,
    hint: orNull(hint.join(" ")),
    modelAnswer: orNull(model.join("\n")),
  };
}

function splitCategory(line: string): [string | null, string | null] {
  const comma = line.search(/[,，]/u);
  if (comma < 0) return [orNull(line), null];
  return [orNull(line.slice(0, comma)), orNull(line.slice(comma + 1))];
}

function orNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : trimmed;
}
