import { readFileSync } from "node:fs";
import ts from "typescript";

const LEFT_OUT = new Set(["skip", "todo", "fixme", "only", "skipIf", "runIf", "fails"]);

/**
 * The tests that a file declares: their titles as they are written, with %s and ${…} as they stand,
 * and whether something keeps the test from being run as it is.
 */
export function titlesOf(file) {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const found = [];
  visit(source, false);
  return found;

  function visit(node, isLeftOutAround) {
    const { names, title } = readCall(node);
    const isOfRunner = ["test", "it", "describe"].includes(names[0]);
    const isLeftOut = isLeftOutAround || (isOfRunner && names.some((name) => LEFT_OUT.has(name)));
    if (isOfRunner && !names.includes("describe") && title !== undefined) {
      found.push({ title, isLeftOut: isLeftOut || leavesItselfOut(node) });
    }
    ts.forEachChild(node, (child) => visit(child, isLeftOut));
  }
}

/** What the title of a test that was run is like, given the title as it is written. */
export function patternOf(title) {
  const parts = title.split(/%[sdifjo#]|\$\{[^}]*\}|\$\w+/);
  const literal = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join("[^]*")}$`);
}

// test("…"), test.skip("…"), test.each(rows)("…"): the names that lead to it, and its title.
function readCall(node) {
  if (!ts.isCallExpression(node)) return { names: [] };
  const [first] = node.arguments;
  const title =
    first && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first))
      ? first.getText().slice(1, -1).replaceAll('\\"', '"')
      : undefined;
  return { names: namesOf(node.expression), title };
}

function namesOf(expression) {
  if (ts.isIdentifier(expression)) return [expression.text];
  if (ts.isCallExpression(expression)) return namesOf(expression.expression);
  if (!ts.isPropertyAccessExpression(expression)) return [];
  return [...namesOf(expression.expression), expression.name.text];
}

// test.skip(condition) and test.fixme() within a test of Playwright's.
function leavesItselfOut(node) {
  const text = node.getText();
  return /\btest\.(skip|fixme)\(|\b(ctx|context)\.skip\(/.test(text);
}
