// Operators and their values in the language of the interface.

import { type Key, t } from "../../i18n";
import { ko } from "../../i18n/ko";
import type { CompletionKind } from "../../ipc/client";
import { type FilterKind, filterOf } from "./query";

export function kindName(kind: FilterKind): string {
  return t(`search.filter.${kind}` as const);
}

/** What an operator such as `is:` asks about. */
export function operatorText(insert: string): string {
  const kind = filterOf(`${insert}x`)?.kind;
  return kind === undefined ? "" : kindName(kind);
}

/** A fixed value in words, as `초안` for `draft`; nothing for a value that says so itself. */
export function valueText(kind: CompletionKind, value: string): string {
  return kind === "state" || kind === "part" ? fixed(value) : "";
}

/** The value of a filter as a chip shows it. */
export function chipText(kind: FilterKind, value: string): string {
  return (kind === "is" || kind === "in" ? fixed(value) : "") || value;
}

function fixed(value: string): string {
  const key = `search.filter.value.${value.toLowerCase()}`;
  return key in ko ? t(key as Key) : "";
}
