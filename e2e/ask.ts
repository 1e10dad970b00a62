const MERGE_PATCH = "application/merge-patch+json";

/** What came back, status 0 when nothing did, and how long that took. */
export interface Answered {
  status: number;
  body: string;
  ms: number;
}

/** Asks as a program does; never throws. */
export async function ask(
  url: string,
  bearer: string,
  { method = "GET", body }: { method?: string; body?: object } = {},
): Promise<Answered> {
  const startedAt = performance.now();
  const answered = (status: number, text: string) => ({
    status,
    body: text,
    ms: performance.now() - startedAt,
  });
  try {
    const answer = await fetch(url, {
      method,
      headers: {
        Authorization: `Bearer ${bearer}`,
        "Content-Type": method === "PATCH" ? MERGE_PATCH : "application/json",
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return answered(answer.status, await answer.text());
  } catch {
    return answered(0, "");
  }
}
