// Also the full-width signs: some spreadsheets read them as the plain ones.
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * Rows as CSV (RFC 4180): lines end with CR LF, text is always quoted, nothing is an empty cell. Text
 * that a spreadsheet would take for a formula has an apostrophe before it. A list is joined, an
 * object is JSON.
 */
export function toCsv(rows: readonly (readonly unknown[])[]): string {
  let text = "";
  for (const row of rows) text += toCsvLine(row);
  return text;
}

function toCsvLine(row: readonly unknown[]): string {
  let line = "";
  for (let at = 0; at < row.length; at += 1) {
    line += at === 0 ? toCell(row[at]) : `,${toCell(row[at])}`;
  }
  return `${line}\r\n`;
}

function toCell(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return quoted(value.join(" · "));
  return typeof value === "object" ? quoted(JSON.stringify(value)) : String(value);
}

function quoted(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return plain.includes('"') ? `"${plain.replaceAll('"', '""')}"` : `"${plain}"`;
}
