import { stringify } from "csv-stringify/sync";

type Cell = string | number | Date | null;

/** The columns of a table, by their headers, in order. */
export type CsvColumns<Row> = Record<string, (row: Row) => Cell>;

/**
 * A table as a file to download, sent while its parts are read: it may be longer than memory. The
 * first part is read before, so that a refusal is no broken file; what fails later breaks the
 * download off. No cell is a formula to a spreadsheet (a ' before it), and RFC 4180 holds.
 */
export async function csvResponse<Row>(
  fileName: string,
  columns: CsvColumns<Row>,
  parts: AsyncGenerator<Row[]>,
): Promise<Response> {
  const first = await parts.next();
  const encoder = new TextEncoder();
  let next: IteratorResult<Row[]> | undefined = first;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      // Without the mark, spreadsheets take UTF-8 for something else.
      controller.enqueue(encoder.encode(`\ufeff${csvLines([Object.keys(columns)])}`));
    },
    pull: async (controller) => {
      const { done, value } = next ?? (await parts.next());
      next = undefined;
      if (done) return controller.close();
      const cells = value.map((row) => Object.values(columns).map((cell) => cell(row)));
      controller.enqueue(encoder.encode(csvLines(cells)));
    },
    cancel: async () => {
      await parts.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Cache-Control": "no-store",
    },
  });
}

/** The name of a file of now: what it is of, and when, without a character that files may not have. */
export function csvFileName(...words: readonly string[]): string {
  const at = `${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
  return `${[...words, at].join("-").replaceAll(/[^\w.-]/g, "")}.csv`;
}

/** Lines of RFC 4180, each ended; text quoted always, formulas made text. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return "";
  return stringify([...rows], {
    cast: { date: (at) => at.toISOString() },
    escape_formulas: true,
    quote_record_delimiter: true,
    quoted_string: true,
    record_delimiter: "windows",
  });
}
