import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvFileName, csvLines, csvResponse } from "./csv-response";

const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", '"', "'", ",", ";", "a"),
  }),
);
const table = fc.array(fc.array(hostile, { minLength: 3, maxLength: 3 }), { minLength: 1 });
const read = (text: string): string[][] => parse(text, { record_delimiter: "\r\n" });

const COLUMNS = { name: (row: string) => row, length: (row: string) => row.length };

async function* inParts<Row>(...parts: Row[][]) {
  yield* parts;
}

describe("a table as lines", () => {
  test("reads back as it was, but for a ' before what a spreadsheet would compute", () => {
    fc.assert(
      fc.property(table, (rows) => {
        const expected = rows.map((row) =>
          row.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell)),
        );
        expect(read(csvLines(rows))).toEqual(expected);
      }),
    );
  });

  test("has no cell that begins as a formula", () => {
    fc.assert(
      fc.property(table, (rows) => {
        for (const cell of read(csvLines(rows)).flat()) expect(cell).not.toMatch(FORMULA);
      }),
    );
  });

  test("ends each line with CR LF, quotes text, and says instants in UTC", () => {
    const row = ['say "hi"', 7, null, new Date(0), "=1+1"];
    expect(csvLines([row])).toBe('"say ""hi""",7,,1970-01-01T00:00:00.000Z,"\'=1+1"\r\n');
    expect(csvLines([])).toBe("");
  });
});

describe("a download", () => {
  test("is an attachment that nobody keeps, with its header once and all its parts", async () => {
    const parts = inParts(["Ü", "bb"], [], ["ccc"]);
    const answer = await csvResponse("list.csv", COLUMNS, parts);
    expect(Object.fromEntries(answer.headers)).toEqual({
      "cache-control": "no-store",
      "content-disposition": 'attachment; filename="list.csv"',
      "content-type": "text/csv; charset=utf-8; header=present",
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder().decode(bytes);
    expect(text).toBe('"name","length"\r\n"Ü",1\r\n"bb",2\r\n"ccc",3\r\n');
  });

  test("of nothing has its header", async () => {
    const answer = await csvResponse("list.csv", COLUMNS, inParts<string>());
    expect(await answer.text()).toBe('"name","length"\r\n');
  });

  test("is refused before it begins when the first part is, and broken off later", async () => {
    async function* failing(after: string[][]): AsyncGenerator<string[]> {
      yield* after;
      throw new Error("the database went away");
    }
    await expect(csvResponse("list.csv", COLUMNS, failing([]))).rejects.toThrow("went away");
    const answer = await csvResponse("list.csv", COLUMNS, failing([["a"]]));
    await expect(answer.text()).rejects.toThrow("went away");
  });

  test("that nobody reads on reads no further part", async () => {
    let reads = 0;
    async function* endless(): AsyncGenerator<string[]> {
      for (;;) {
        reads += 1;
        yield ["a"];
      }
    }
    const answer = await csvResponse("list.csv", COLUMNS, endless());
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(reads).toBeLessThan(5);
  });
});

test("a file's name has only what names of files may have", () => {
  expect(csvFileName("auth-token-max-ttl-minutes", '6"0/\r\n')).toMatch(
    /^auth-token-max-ttl-minutes-60-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.csv$/,
  );
});
