// Lets libraries run where `Object.prototype` is frozen, as the real window's is (`freezePrototype`).
//
// In strict mode `it.toString = …` throws if `it` inherits a `toString` that is read-only, though nothing
// but `it` would change; d3, dayjs and others that draw diagrams are written so. When the window is built,
// such an assignment in a package is written as the definition of an own property, which it means.

import type { Plugin } from "vite";

const names = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__");
const likely = new RegExp(`(?:\\.|\\[\\s*["'])(?:${names.join("|")})["'\\]\\s]*=[^=>]`);

const helper = `
function ownProperty$(it, name, value) {
  if (Object.hasOwn(it, name)) it[name] = value;
  else Object.defineProperty(it, name, { value, writable: true, enumerable: true, configurable: true });
  return value;
}
`;

interface Node {
  type: string;
  start: number;
  end: number;
  operator?: string;
  left?: Node;
  right?: Node;
  object?: Node;
  property?: Node;
  computed?: boolean;
  name?: string;
  value?: unknown;
}

/** The name that `node` assigns to, if it is one of every object's. */
function assigned({ type, operator, left }: Node): string | null {
  if (type !== "AssignmentExpression" || operator !== "=") return null;
  if (left?.type !== "MemberExpression") return null;
  const { property, computed } = left;
  const name = computed ? property?.value : property?.name;
  return typeof name === "string" && names.includes(name) ? name : null;
}

/** `code` with each such assignment replaced, or null where there is none. */
export function withOwnProperties(code: string, tree: unknown): string | null {
  const edits: { from: number; to: number; text: string }[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    const node = value as Node;
    const name = assigned(node);
    if (name && node.left?.object && node.right) {
      // From the end of what is assigned to up to its `=`; what is between has no other.
      const sign = code.indexOf("=", node.left.end) + 1;
      edits.push(
        { from: node.start, to: node.start, text: "ownProperty$(" },
        { from: node.left.object.end, to: sign, text: `, ${JSON.stringify(name)}, ` },
        { from: node.end, to: node.end, text: ")" },
      );
    }
    Object.values(node).forEach(visit);
  };
  visit(tree);
  if (edits.length === 0) return null;
  let made = code;
  // From the back, so that places before stay; of two at one place the later of the text comes first.
  edits.sort((a, b) => b.from - a.from || b.to - a.to);
  for (const { from, to, text } of edits) made = made.slice(0, from) + text + made.slice(to);
  return made + helper;
}

/** Packages that copy such names from object to object, where no assignment can be seen. */
const copying = /[\\/]node_modules[\\/]cytoscape[\\/]/;

const copy = `
function copyProperties$(it, ...from) {
  for (const one of from) {
    if (one == null) continue;
    for (const name of Reflect.ownKeys(one)) {
      if (!Object.prototype.propertyIsEnumerable.call(one, name)) continue;
      if (Object.hasOwn(it, name) || !(name in Object.prototype)) it[name] = one[name];
      else Object.defineProperty(it, name, { value: one[name], writable: true, enumerable: true, configurable: true });
    }
  }
  return it;
}
`;

export const ownProperties: Plugin = {
  name: "own-properties",
  transform(code, id) {
    if (!/[\\/]node_modules[\\/].+\.[cm]?js(?:\?|$)/.test(id)) return null;
    const made = likely.test(code) ? (withOwnProperties(code, this.parse(code)) ?? code) : code;
    const copied = copying.test(id)
      ? made.replaceAll(/\bObject\.assign\b/g, "copyProperties$$") + copy
      : made;
    return copied === code ? null : { code: copied, map: null };
  },
};
