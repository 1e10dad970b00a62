import fc from "fast-check";
import { expect, test } from "vitest";
import { toCsv } from "./csv";

/** RFC 4180, read character by character. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (isQuoted && char === '"' && text.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && char === ",") {
      rows.at(-1)?.push(cell);
      cell = "";
    } else if (!isQuoted && text.startsWith("\r\n", at)) {
      rows.at(-1)?.push(cell);
      rows.push([]);
      cell = "";
      at += 1;
    } else cell += char;
  }
  return rows.slice(0, -1);
}

const hostile = fc.oneof(
  fc.string({
    unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", '"', ",", ";", "'", "a"),
  }),
  fc.string({ unit: "binary" }),
);

test("a cell never begins as a formula does, and parses back to the same text", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(hostile, { minLength: 2, maxLength: 4 }), { maxLength: 5 }),
      (rows) => {
        const width = rows[0]?.length ?? 0;
        const even = rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ""));
        const cells = parse(toCsv(even));
        expect(cells.length).toBe(even.length);
        for (const [y, row] of even.entries()) {
          for (const [x, text] of row.entries()) {
            const cell = cells[y]?.[x] ?? "";
            expect(cell).not.toMatch(/^[=+\-@\t\r]/);
            expect(cell.startsWith("'") && cell !== text ? cell.slice(1) : cell).toBe(text);
          }
        }
      },
    ),
  );
});
