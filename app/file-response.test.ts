import { expect, test } from "vitest";
import { fileResponse } from "./file-response";

const aFile = (chunks: AsyncGenerator<string>) => ({
  fileName: "list.csv",
  mediaType: "text/csv; charset=utf-8",
  chunks,
});

test("a download is an attachment that nobody keeps, byte for byte", async () => {
  async function* chunks() {
    yield "\uFEFFÜ";
    yield ",1\r\n";
  }
  const answer = await fileResponse(aFile(chunks()));
  expect(Object.fromEntries(answer.headers)).toEqual({
    "cache-control": "no-store",
    "content-disposition": 'attachment; filename="list.csv"',
    "content-type": "text/csv; charset=utf-8",
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe("Ü,1\r\n");
});

test("a download that fails on its way is broken off, never ended as if it were whole", async () => {
  async function* failing() {
    yield "a".repeat(100_000);
    throw new Error("the database went away");
  }
  const answer = await fileResponse(aFile(failing()));
  await expect(answer.text()).rejects.toThrow("went away");
});

test("a download that fails before its beginning is made is none", async () => {
  async function* failing() {
    yield "a";
    throw new Error("the database went away");
  }
  await expect(fileResponse(aFile(failing()))).rejects.toThrow("went away");
});

test("of a download that nobody reads on nothing more is made", async () => {
  let made = 0;
  async function* endless() {
    for (;;) {
      made += 1;
      yield "a".repeat(100_000);
    }
  }
  const reader = (await fileResponse(aFile(endless()))).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(made).toBeLessThan(5);
});
