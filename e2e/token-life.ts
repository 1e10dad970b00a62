import { TOKENS } from "./tokens";

/** What has been answered, by name: these are there, and those are not. */
export type Acknowledged = Record<"kept" | "gone", Set<string>>;

/** Sends one request to a Latchkey as somebody. */
export type To = (
  where: string,
  wish?: { method?: string; body?: string; type?: string },
) => Promise<{ status: string; text: string }>;

const KEPT_EVERY = 10;

/**
 * The life of a token: made, changed, and all but every tenth deleted. Gives 201, or the first
 * answer that is another one than it should be.
 */
export async function liveOnce(to: To, { kept, gone }: Acknowledged): Promise<string> {
  const body = JSON.stringify({ spec: { description: "of the soak", ttl: 3_600_000 } });
  const made = await to(TOKENS, { method: "POST", body });
  if (made.status !== "201") return made.status;
  const { name }: { name: string } = JSON.parse(made.text).metadata;
  kept.add(name);
  const type = "application/merge-patch+json";
  const patch = JSON.stringify({ spec: { description: "of the soak, changed" } });
  const changed = await to(`${TOKENS}/${name}`, { method: "PATCH", type, body: patch });
  if (changed.status !== "200") return changed.status;
  if (gone.size >= kept.size * KEPT_EVERY) return "201";
  // Until it is answered nobody knows.
  kept.delete(name);
  const deleted = await to(`${TOKENS}/${name}`, { method: "DELETE" });
  if (deleted.status !== "200") return deleted.status;
  gone.add(name);
  return "201";
}
