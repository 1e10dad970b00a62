import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toCsv } from "./csv";

const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", '"', "'", ",", ";", "＝", "a"),
  }),
);
const table = fc.array(fc.array(hostile, { minLength: 3, maxLength: 3 }), { minLength: 1 });
const read = (text: string): string[][] => parse(text, { record_delimiter: "\r\n" });

test("a table reads back as it was, but for a ' before what a spreadsheet would compute", () => {
  fc.assert(
    fc.property(table, (rows) => {
      const expected = rows.map((row) =>
        row.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell)),
      );
      expect(read(toCsv(rows))).toEqual(expected);
    }),
  );
});

test("no cell begins as a formula, also in a list and in an object", () => {
  fc.assert(
    fc.property(table, hostile, (rows, text) => {
      const cells = read(toCsv([...rows, [[text, "b"], { text }, null]])).flat();
      for (const cell of cells) expect(cell).not.toMatch(FORMULA);
    }),
  );
});

test("each line ends with CR LF, text is quoted, and instants are in UTC", () => {
  const row = ['say "hi"', 7, null, new Date(0), "=1+1", -1, true, ["a", "b"], { a: 1 }];
  expect(toCsv([row])).toBe(
    '"say ""hi""",7,,1970-01-01T00:00:00.000Z,"\'=1+1",-1,true,"a · b","{""a"":1}"\r\n',
  );
  expect(toCsv([[null, undefined, ""]])).toBe(',,""\r\n');
  expect(toCsv([])).toBe("");
});
