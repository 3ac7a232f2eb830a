import { localDate, longDay, moment, t } from "../../i18n";
import type { PartName, VersionView } from "../../ipc/client";

/** What a part is called. Without an entry it is the post that is meant as a whole. */
export function partWord(part: PartName, { entry }: VersionView): string {
  return part === "entry" && entry === null ? t("history.part.post") : t(`history.part.${part}`);
}

/** `오늘`, `어제`, `5월 21일 수요일`. */
export function dayWord(date: string, now: Date = new Date()): string {
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (date === localDate(now)) return t("history.today");
  if (date === localDate(before)) return t("history.yesterday");
  return longDay(date, localDate(now).slice(0, 4));
}

/** The time and why the version was replaced. */
export function causeWord({ at, cause }: VersionView): string {
  return `${moment(at)} · ${t(`history.cause.${cause}`)}`;
}

/** The name of a post's file. */
export function fileOf({ path }: VersionView): string {
  return path.split("/").at(-1) ?? path;
}
