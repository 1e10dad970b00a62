import { eq, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { sessionProofs, tokens } from "./schema";

/** How long ago the person behind a sign-in proved who they are; undefined without that sign-in. */
export async function readProofAgeMs(db: Executor, tokenName: string): Promise<number | undefined> {
  const provedAt = sql`coalesce(${sessionProofs.provedAt}, ${tokens.createdAt})`;
  const [row] = await db
    .select({ ageMs: sql`extract(epoch from now() - ${provedAt}) * 1000`.mapWith(Number) })
    .from(tokens)
    .leftJoin(sessionProofs, eq(sessionProofs.tokenId, tokens.id))
    .where(eq(tokens.name, tokenName));
  return row?.ageMs;
}

/** Notes that the person behind this sign-in has just proved who they are. */
export async function storeProof(tx: Executor, tokenName: string): Promise<void> {
  await tx.execute(sql`
    insert into session_proofs (token_id, proved_at)
    select id, now() from tokens where name = ${tokenName}
    on conflict (token_id) do update set proved_at = excluded.proved_at`);
}
