/** Part of a JSON text that is written as it is: what no value of JavaScript could become. */
export class Raw {
  constructor(readonly text: string) {}
}

/** The JSON of a value, with what is Raw in it as it is. */
export function toText(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(toText).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value).map(([name, of]) => `${JSON.stringify(name)}:${toText(of)}`);
  return `{${fields.join(",")}}`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Raw)
  );
}
