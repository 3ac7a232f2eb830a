import { expect, it } from "vitest";
import { localDay, readDay } from "./day";

it("reads days as people write them", () => {
  const check = (text: string, expected: string | null): void =>
    expect(readDay(text)).toBe(expected);
  check("2025-05-19", "2025-05-19");
  check(" 2025. 5. 19. ", "2025-05-19");
  check("2025/5/9", "2025-05-09");
  check("20250519", "2025-05-19");
  check("2025년 5월 19일", "2025-05-19");
  check("2025-02-30", null);
  check("2024-02-29", "2024-02-29");
  check("2025-13-01", null);
  check("5월 19일", null);
  check("", null);
});

it("writes the local day, not that of Greenwich", () => {
  expect(localDay(new Date(2025, 4, 9, 0, 30))).toBe("2025-05-09");
});
