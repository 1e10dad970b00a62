import { CST, isMap, isScalar, isSeq, Lexer, type ParsedNode, parseDocument } from "yaml";
import { DomainError } from "@/domain/errors";

const SHOWN_LENGTH_MAX = 200;
// The parser is a hundred times slower than that of JSON.
const TEXT_LENGTH_MAX = 32 * 1_024;
const FLOW_LEVELS_MAX = 64;
// A level of a block is at least one column further to the right.
const BLOCK_COLUMNS_MAX = 256;
const FLOW_STEPS: Record<string, number> = {
  "flow-seq-start": 1,
  "flow-map-start": 1,
  "flow-seq-end": -1,
  "flow-map-end": -1,
};

/**
 * The value of one YAML 1.2 document, and what finds the fields it has twice. Refuses malformed and
 * long text, more than one document, aliases (they can grow without bounds) and tags of the
 * sender's own (badRequest).
 */
export function parseYaml(text: string): { value: unknown; findDuplicates: () => string[] } {
  if (text.length > TEXT_LENGTH_MAX) {
    throw malformed(`it must have at most ${TEXT_LENGTH_MAX} characters`);
  }
  // Before it is parsed: the parser works by recursion, and at the end of the stack the process dies.
  if (isTooDeep(text)) throw malformed("it is nested too deep");
  try {
    const document = parseDocument(text, {
      schema: "core",
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "error",
    });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw malformed(problem.message);
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return { value, findDuplicates: () => duplicatesIn(document.contents, "") };
  } catch (error) {
    if (error instanceof DomainError) throw error;
    if (error instanceof ReferenceError) throw malformed("aliases are not supported");
    throw error;
  }
}

function isTooDeep(text: string): boolean {
  let [levels, columns, isLineStart] = [0, 0, true];
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token) ?? "";
    levels = Math.max(levels + (FLOW_STEPS[type] ?? 0), 0);
    if (isLineStart) columns = type === "space" ? token.length : 0;
    if (type.endsWith("-ind") && levels === 0) columns += 1;
    if (levels > FLOW_LEVELS_MAX || columns > BLOCK_COLUMNS_MAX) return true;
    isLineStart = type === "newline";
  }
  return false;
}

function duplicatesIn(node: ParsedNode | null, path: string): string[] {
  if (isSeq(node)) {
    return node.items.flatMap((item, at) => duplicatesIn(item as ParsedNode, `${path}[${at}]`));
  }
  if (!isMap(node)) return [];
  const names = new Set<string>();
  return node.items.flatMap(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : String(key);
    const inner = path === "" ? name : `${path}.${name}`;
    const own = names.has(name) ? [inner] : [];
    names.add(name);
    return [...own, ...duplicatesIn(value as ParsedNode | null, inner)];
  });
}

function malformed(reason: string): DomainError {
  const shown = reason.slice(0, SHOWN_LENGTH_MAX);
  return new DomainError("badRequest", `the request body is not valid YAML: ${shown}`);
}
