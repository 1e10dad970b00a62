import { toCsv } from "./csv";

export const EXPORT_FORMATS = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The columns of a table by their names, in order. */
export type Columns<Row> = Record<string, (row: Row) => unknown>;

/** A file to download. */
export interface ExportFile {
  fileName: string;
  mediaType: string;
  /** Made as they are taken: the file may be longer than memory. */
  chunks: AsyncGenerator<string>;
}

interface Table<Row> {
  /** What the name of the file says of it. */
  words: readonly string[];
  format: ExportFormat;
  columns: Columns<Row>;
  parts: AsyncGenerator<readonly Row[]>;
  /** Said on top: what it is, by which filter, and of JSON lines all facts. */
  about?: { title: string; kind: string; query: string; facts: Record<string, unknown> };
}

/**
 * A table as a file of now. Its first part is read before this returns, so that a refusal is no
 * broken file; what fails later breaks it off.
 */
export async function toFile<Row>(table: Table<Row>): Promise<ExportFile> {
  const { format, parts, about } = table;
  const at = new Date();
  const first = await parts.next();
  const header = format === "csv" && !about ? "; header=present" : "";
  return {
    fileName: exportFileName(table.words, format, at),
    mediaType: format === "csv" ? `text/csv; charset=utf-8${header}` : "application/x-ndjson",
    chunks: format === "csv" ? csv(table, first, at) : jsonLines(table, first, at),
  };
}

/** The name of a file: what it is of, and when, without a character that files may not have. */
export function exportFileName(words: readonly string[], format: ExportFormat, at: Date): string {
  const time = `${at.toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
  return `${[...words, time].join("-").replaceAll(/[^\w.-]/g, "")}.${format}`;
}

/** Rows as JSON lines, with the names of the columns. */
export function toJsonLines<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  const entries = Object.entries(columns);
  let text = "";
  // One for all of them: each is written before the next.
  const object: Record<string, unknown> = {};
  for (const row of rows) {
    for (const [name, read] of entries) object[name] = read(row);
    text += `${JSON.stringify(object)}\n`;
  }
  return text;
}

async function* csv<Row>(table: Table<Row>, first: IteratorResult<readonly Row[]>, at: Date) {
  const { columns, about } = table;
  const readers = Object.values(columns);
  const title = about && [
    `${about.title}, exported at ${at.toISOString()}, filter: ${about.query || "none"}`,
  ];
  // Without the mark, spreadsheets take UTF-8 for something else.
  yield `\uFEFF${toCsv([...(title ? [title] : []), Object.keys(columns)])}`;
  for await (const rows of following(first, table.parts)) {
    yield toCsv(rows.map((row) => readers.map((read) => read(row))));
  }
}

async function* jsonLines<Row>(table: Table<Row>, first: IteratorResult<readonly Row[]>, at: Date) {
  const { columns, about } = table;
  if (about) {
    const head = { kind: about.kind, exportedAt: at.toISOString(), ...about.facts };
    yield `${JSON.stringify(head)}\n`;
  }
  for await (const rows of following(first, table.parts)) yield toJsonLines(columns, rows);
}

async function* following<Row>(
  first: IteratorResult<readonly Row[]>,
  parts: AsyncGenerator<readonly Row[]>,
) {
  try {
    if (first.done) return;
    yield first.value;
    yield* parts;
  } finally {
    // Also when nobody wants more after the first.
    await parts.return(undefined);
  }
}
