import { number } from "../../i18n";

/** A file size as file managers write it: `812 KB`, `1.4 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${number(bytes)} B`;
  if (bytes < 1_000_000) return `${number(Math.round(bytes / 1000))} KB`;
  return `${number(Math.round(bytes / 100_000) / 10)} MB`;
}
