import { stringify } from "csv-stringify/sync";

/**
 * Rows as CSV (RFC 4180, lines end with CR LF). What a spreadsheet would take for a formula has an
 * apostrophe before it.
 */
export function toCsv(rows: readonly (readonly unknown[])[]): string {
  return stringify(rows as unknown[][], {
    escape_formulas: true,
    record_delimiter: "windows",
    cast: {
      boolean: String,
      date: (value) => value.toISOString(),
      object: (value) => JSON.stringify(value),
    },
  });
}
