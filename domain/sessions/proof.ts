import { type Executor, query } from "@/db/client";
import { readProofAgeMs } from "@/db/session-proofs";
import type { Actor } from "../actor";
import { DomainError } from "../errors";

const PROOF_AGE_MS_MAX = 15 * 60_000;

/**
 * Refuses a person at a browser who last proved who they are more than 15 minutes ago
 * (proofRequired). A sign-in is a proof. Programs hold nothing that they could prove more with.
 */
export async function requireRecentProof(actor: Actor, tx?: Executor): Promise<void> {
  if (actor.kind === "system" || !actor.origin.isBrowser) return;
  const read = (db: Executor) => readProofAgeMs(db, actor.tokenName);
  const ageMs = await (tx ? read(tx) : query(read));
  if (ageMs !== undefined && ageMs <= PROOF_AGE_MS_MAX) return;
  throw new DomainError("proofRequired", "Confirm that it is you first.");
}
