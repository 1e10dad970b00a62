import { readAuditTail } from "@/db/audit-chain";
import { query } from "@/db/client";
import { findSetting } from "@/db/settings";
import { listShortened } from "@/db/shortened-tokens";
import type { Actor } from "../actor";
import { isMaximumName } from "./affected";
import { requireSettingsReader, settingNotFound } from "./policy";
import { toSetting } from "./setting";
import { shortenReason } from "./shorten";

const EVENTS_PER_PART = 10_000;

export type ShortenedToken = Awaited<ReturnType<typeof listShortened>>[number];

/**
 * The tokens that were shortened to a maximum since it got the value in force, in parts and in
 * order, out of the audit trail. For admins; refuses a setting that is no maximum (notFound).
 */
export async function listShortenedTo(
  actor: Actor,
  name: string,
): Promise<AsyncGenerator<ShortenedToken[]>> {
  requireSettingsReader(actor);
  if (!isMaximumName(name)) throw settingNotFound(name);
  const { resourceVersion } = toSetting(name, await query((db) => findSetting(db, name)));
  const end = await query((db) => readAuditTail(db));
  return parts(shortenReason(name), Number(resourceVersion), end.seq);
}

async function* parts(reason: string, since: number, end: number) {
  for (let afterSeq = since; afterSeq < end; afterSeq += EVENTS_PER_PART) {
    const range = { afterSeq, upToSeq: afterSeq + EVENTS_PER_PART };
    const part = await query((db) => listShortened(db, reason, range));
    if (part.length > 0) yield part;
  }
}
