import { describe, expect, test } from "vitest";
import { type ExportFormat, exportFileName, toFile } from "./file";

const COLUMNS = { name: (row: string) => row, length: (row: string) => row.length };
const ABOUT = { title: "Words", kind: "Words", query: "?q=a", facts: { filter: { q: "a" } } };

async function* inParts(...parts: string[][]) {
  yield* parts;
}

const wordsIn = (parts: AsyncGenerator<string[]>, format: ExportFormat = "csv") =>
  toFile({ words: ["list"], format, columns: COLUMNS, parts });

async function textOf({ chunks }: { chunks: AsyncGenerator<string> }): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

describe("a file", () => {
  test("of CSV has the mark of UTF-8, its header once and all its parts", async () => {
    const file = await wordsIn(inParts(["Ü", "bb"], [], ["ccc"]));
    expect(file.mediaType).toBe("text/csv; charset=utf-8; header=present");
    expect(await textOf(file)).toBe('\uFEFF"name","length"\r\n"Ü",1\r\n"bb",2\r\n"ccc",3\r\n');
  });

  test("of JSON lines has one object for each row", async () => {
    const file = await wordsIn(inParts(["Ü"], ["bb"]), "jsonl");
    expect(file.mediaType).toBe("application/x-ndjson");
    expect(await textOf(file)).toBe('{"name":"Ü","length":1}\n{"name":"bb","length":2}\n');
  });

  test("says on top what it is, when it was made and by which filter", async () => {
    const table = { words: ["list"], columns: COLUMNS, about: ABOUT } as const;
    const csv = await textOf(await toFile({ ...table, format: "csv", parts: inParts(["a"]) }));
    expect(csv).toMatch(/^\uFEFF"Words, exported at 2.*Z, filter: \?q=a"\r\n"name","length"\r\n/);
    const lines = await textOf(await toFile({ ...table, format: "jsonl", parts: inParts() }));
    const head = { kind: "Words", exportedAt: expect.stringMatching(/^2.*Z$/), filter: { q: "a" } };
    expect(JSON.parse(lines)).toEqual(head);
  });

  test("of nothing has its header", async () => {
    expect(await textOf(await wordsIn(inParts()))).toBe('\uFEFF"name","length"\r\n');
  });

  test("is refused before it begins when the first part is, and broken off later", async () => {
    async function* failing(after: string[][]): AsyncGenerator<string[]> {
      yield* after;
      throw new Error("the database went away");
    }
    await expect(wordsIn(failing([]))).rejects.toThrow("went away");
    await expect(textOf(await wordsIn(failing([["a"]])))).rejects.toThrow("went away");
  });

  test("that nobody reads on reads no further part, and lets go of its source", async () => {
    let reads = 0;
    let isLetGo = false;
    async function* endless(): AsyncGenerator<string[]> {
      try {
        for (;;) {
          reads += 1;
          yield ["a"];
        }
      } finally {
        isLetGo = true;
      }
    }
    const { chunks } = await wordsIn(endless());
    await chunks.next();
    await chunks.next();
    await chunks.return(undefined);
    expect(reads).toBe(1);
    expect(isLetGo).toBe(true);
  });

  test("has a name with only what names of files may have", () => {
    const words = ["auth-token-max-ttl-minutes", '6"0/\r\n'];
    expect(exportFileName(words, "csv", new Date("2026-01-31T07:08:09.123Z"))).toBe(
      "auth-token-max-ttl-minutes-60-2026-01-31T07-08-09Z.csv",
    );
  });
});
