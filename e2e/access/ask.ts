import type { ActionEnd, ActionRow, Row, Things } from "./answers";
import type { Manifest } from "./manifest";

/** A request as it is sent. */
export interface Sent {
  path: string;
  method: string;
  headers: Record<string, string>;
  body?: string | FormData;
}

/** What a browser says of a request from our own pages. */
export const OURS = { "Sec-Fetch-Site": "same-origin" };

/** What is sent to an address: `POST /sign-out` with these things in its place. */
export function toRequest(
  key: string,
  row: Pick<Row, "path" | "body" | "type">,
  things: Things,
): Sent & { body?: string } {
  const [named = "", pattern = ""] = key.split(" ");
  const body = row.body?.(things);
  const type = row.type ?? (body === undefined ? undefined : "application/json");
  const path =
    row.path?.(things) ??
    pattern
      .replace("/bulk/[id]", `/bulk/${things.job}`)
      .replace("[seq]", "1")
      .replace(/\[name\]|:name/, things.token)
      .replace(/\[id\]|:id/, things.userId);
  return {
    path,
    method: named === "*" ? (body === undefined ? "GET" : "POST") : named,
    headers: type ? { "Content-Type": type } : {},
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  };
}

/** Posts a server action as Next's own client does, to a page that has it. */
export function toActionRequest(
  { id, pages }: Manifest["actions"][number],
  row: ActionRow,
  things: Things,
): Sent {
  const [page = "/"] = pages.toSorted((one, other) => one.length - other.length);
  const { body, type } = encode(row.args(things));
  return {
    path: page.replace("[name]", things.token).replace("[id]", things.userId),
    method: "POST",
    headers: {
      "Next-Action": id,
      Accept: "text/x-component",
      ...(type ? { "Content-Type": type } : {}),
    },
    body,
  };
}

interface Answer {
  status: number;
  leadsTo: string | null;
  text: string;
}

/** How an action has ended, by its answer. */
export function toActionEnd({ status, leadsTo, text }: Answer): ActionEnd | number {
  if (leadsTo !== null) return "redirect";
  if (status !== 200) return status;
  if (text.includes('"status":"done"')) return "done";
  if (text.includes("Your sign-in has ended")) return "signed out";
  if (text.includes('"needsProof":true')) return "proof";
  if (text.includes('"missing":true')) return "gone";
  return text.includes('"status":"failed"') ? "refused" : status;
}

// React's encoding of arguments: plain ones as JSON, a form beside them with its number before each
// of its names.
function encode(args: unknown[]): { body: string | FormData; type?: string } {
  const forms = args.filter((arg) => arg instanceof FormData);
  if (forms.length === 0) return { body: JSON.stringify(args), type: "text/plain;charset=UTF-8" };
  const body = new FormData();
  for (const [index, form] of forms.entries()) {
    for (const [name, value] of form.entries()) body.append(`_${index + 1}_${name}`, value);
  }
  let next = 0;
  const root = args.map((arg) => (arg instanceof FormData ? `$K${++next}` : arg));
  body.append("0", JSON.stringify(root));
  return { body };
}
