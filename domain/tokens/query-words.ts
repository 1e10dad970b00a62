/** A part of a query: text, or a value with its key. `text` is as it was written. */
export interface Word {
  start: number;
  end: number;
  text: string;
  key: string | undefined;
  value: string;
}

// A key is letters before a colon; a value and a text may be quoted, with \" and \\ inside. A quote
// that is not closed goes to the end: somebody is still typing.
const WORD = /(?:([A-Za-z][\w-]*):)?("(?:[^"\\]|\\.)*(?:"|\\?$)|[^\s"]+|(?<=:)(?=\s|$))/gsu;

/** Splits a query into its words; every character that is no space is in one of them. */
export function splitQuery(query: string): Word[] {
  return [...query.matchAll(WORD)].map((match) => {
    const [text, key, raw = ""] = match;
    return { start: match.index, end: match.index + text.length, text, key, value: unquote(raw) };
  });
}

function unquote(raw: string): string {
  if (!raw.startsWith('"')) return raw;
  const isClosed = raw.length > 1 && /(?<!\\)(\\\\)*"$/.test(raw.slice(1));
  return raw.slice(1, isClosed ? -1 : undefined).replaceAll(/\\(.)/gsu, "$1");
}
