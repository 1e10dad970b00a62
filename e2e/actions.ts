import type { APIRequestContext, Page } from "@playwright/test";

/** A server action as the browser posted it, to be sent again by somebody else. */
export interface RecordedAction {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** Records the server action that the given steps send; it reaches the server as usual. */
export async function recordAction(
  page: Page,
  perform: () => Promise<unknown>,
): Promise<RecordedAction> {
  const sent = page.waitForRequest(
    (request) => request.method() === "POST" && "next-action" in request.headers(),
  );
  await perform();
  const request = await sent;
  const sentHeaders = request.headers();
  const kept = ["next-action", "content-type", "accept", "next-router-state-tree"];
  const headers = kept.map((name) => [name, sentHeaders[name] ?? ""] as const);
  return {
    path: new URL(request.url()).pathname,
    headers: Object.fromEntries(headers.filter(([, value]) => value !== "")),
    body: request.postDataBuffer()?.toString("utf8") ?? "",
  };
}

export const SAME_ORIGIN = { "Sec-Fetch-Site": "same-origin" };

/** Sends a recorded action with the cookies of that client and these headers. */
export async function replay(
  client: APIRequestContext,
  { path, headers, body }: RecordedAction,
  extraHeaders: Record<string, string>,
) {
  const answer = await client.post(path, {
    headers: { ...headers, ...extraHeaders },
    data: body,
    maxRedirects: 0,
  });
  return { status: answer.status(), text: await answer.text() };
}
