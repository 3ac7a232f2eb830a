import { parseAst } from "vite";
import { expect, test } from "vitest";
import { withOwnProperties } from "./own-properties";

const made = (code: string) => withOwnProperties(code, parseAst(code));

/** Runs `code` in strict mode on objects that inherit what is read-only, as of a frozen prototype. */
function run(code: string): unknown {
  const frozen = Object.freeze(Object.assign(Object.create(null), { toString: 0, constructor: 0 }));
  return new Function("it", `"use strict"; ${made(code) ?? code}; return it;`)(
    Object.create(frozen),
  );
}

test("an assignment that would throw makes an own property", () => {
  expect(() => new Function("it", '"use strict"; it.toString = 1')(Object.freeze({}))).toThrow();
  expect(run("it.toString = 1")).toHaveProperty("toString", 1);
  expect(run('it["toString"] = (1, 2)')).toHaveProperty("toString", 2);
  expect(run("it.constructor = it.toString = /* = */ 3; it.toString = 4")).toMatchObject({
    constructor: 3,
    toString: 4,
  });
});

test("everything else stays as it is", () => {
  for (const code of ["a.b = 1", "a.toString()", "a.toString == b", "({ toString: 1 })"]) {
    expect(made(code)).toBeNull();
  }
});
