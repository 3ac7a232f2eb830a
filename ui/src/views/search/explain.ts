import { type Key, t } from "../../i18n";
import { ko } from "../../i18n/ko";

/** What a completion such as `is:draft` means; nothing for a category, which says so itself. */
export function explain(completion: string): string {
  const key = `search.completion.${completion}`;
  return key in ko ? t(key as Key) : "";
}
