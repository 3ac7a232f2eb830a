import type { AddRequest } from "../../ipc/client";
import { readDay } from "../export/day";
import type { Pasted } from "./paste";

/** What the dialog's fields hold. */
export interface AddForm {
  question: string;
  category: string;
  topic: string;
  date: string;
  hint: string;
  model: string;
  /** Path of the post; empty for the newest. */
  post: string;
}

/** Fields that can be filled from a pasted text. */
export type Field = "question" | "category" | "topic" | "hint" | "model";

/** A form in which only the day is filled in. */
export function emptyForm(today: string): AddForm {
  return { question: "", category: "", topic: "", date: today, hint: "", model: "", post: "" };
}

/** Whether anything is in it that would be a pity to lose. */
export function worthKeeping(form: AddForm): boolean {
  return [form.question, form.category, form.topic, form.hint, form.model].some(
    (text) => text.trim() !== "",
  );
}

/** What keeps the form from being sent; none if nothing does. */
export function lack(form: AddForm): "question" | "date" | null {
  if (form.question.trim() === "") return "question";
  return form.date.trim() !== "" && readDay(form.date) === null ? "date" : null;
}

/** Fills what is still empty from a pasted text; says which fields that were. */
export function fill(form: AddForm, pasted: Pasted): { form: AddForm; taken: Field[] } {
  const given: Record<Field, string | null> = {
    question: pasted.question === "" ? null : pasted.question,
    category: pasted.category,
    topic: pasted.topic,
    hint: pasted.hint,
    model: pasted.modelAnswer,
  };
  const fields = Object.keys(given) as Field[];
  const taken = fields.filter((field) => given[field] !== null && form[field].trim() === "");
  const changes = Object.fromEntries(taken.map((field) => [field, given[field]]));
  return { form: { ...form, ...changes }, taken };
}

/** The request; a question is one line however it was pasted. */
export function request(form: AddForm): AddRequest {
  const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());
  return {
    question: form.question.trim().replace(/\s*\n\s*/gu, " "),
    post: orNull(form.post),
    date: readDay(form.date),
    category: orNull(form.category),
    topic: orNull(form.topic),
    hint: orNull(form.hint),
    model_answer: orNull(form.model),
  };
}
