import { createHash } from "node:crypto";

type Forms = Map<string, string | Buffer>;

/** Every way in which text that is looked for may be written. */
export function formsOf(text: string): Forms {
  const json = (of: string) => JSON.stringify(of).slice(1, -1);
  const bytes = Buffer.from(text);
  const forms: [string, string | Buffer][] = [
    ["as it is", text],
    ["its first half", text.slice(0, Math.ceil(text.length / 2))],
    ["its second half", text.slice(Math.floor(text.length / 2))],
    ["in lower case", text.toLowerCase()],
    ["in an address", encodeURIComponent(text)],
    ["in an address twice", encodeURIComponent(encodeURIComponent(text))],
    ["in a form", new URLSearchParams([["", text]]).toString().slice(1)],
    ["all percent", bytes.toString("hex").replaceAll(/../g, (pair) => `%${pair.toUpperCase()}`)],
    ["in JSON", json(text)],
    ["in JSON in JSON", json(json(text))],
    ["in JSON of ASCII", json(text).replaceAll(/[^\x20-\x7e]/g, toEscape)],
    ["in HTML", toHtml(text)],
    ["in SQL", text.replaceAll("'", "''")],
    ["in hex", bytes.toString("hex")],
    ["in HEX", bytes.toString("hex").toUpperCase()],
    ["in UTF-16", Buffer.from(text, "utf16le")],
  ];
  for (const skipped of [0, 1, 2]) {
    // What comes before moves the bits: the symbols that only this text decides.
    const padded = Buffer.concat([Buffer.alloc(skipped), bytes]);
    const end = Math.floor(padded.length / 3) * 4;
    const [from, to] = [Math.ceil((skipped * 8) / 6), end];
    forms.push([`in base64 at ${skipped}`, padded.toString("base64").slice(from, to)]);
    forms.push([`in base64url at ${skipped}`, padded.toString("base64url").slice(from, to)]);
  }
  return new Map(forms);
}

/** The same of a text that can be guessed: its digest without a salt is as good as the text. */
export function formsOfGuessable(text: string): Forms {
  const forms = formsOf(text);
  for (const algorithm of ["md5", "sha1", "sha256", "sha512"]) {
    const digest = createHash(algorithm).update(text).digest();
    for (const encoding of ["hex", "base64", "base64url"] as const) {
      forms.set(`its ${algorithm} in ${encoding}`, digest.toString(encoding));
    }
  }
  return forms;
}

function toEscape(symbol: string): string {
  return `\\u${symbol.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function toHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#x27;");
}
