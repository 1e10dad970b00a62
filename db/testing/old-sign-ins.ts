import { type SQL, sql } from "drizzle-orm";
import type { Executor } from "../client";

/** How long ago a user's first sign-in was last seen, as it is stored. */
export async function readIdleSeconds(db: Executor, ownerId: string): Promise<number> {
  const [row] = await db.execute<{ seconds: string }>(sql`
    select extract(epoch from now() - last_used_at) as seconds
    from token_uses where token_id = ${firstSignIn(ownerId)}`);
  return Number(row?.seconds);
}

/** Makes that sign-in as old as if it had been left alone for so long. */
export async function leaveAlone(db: Executor, ownerId: string, seconds: number): Promise<void> {
  const ago = sql`make_interval(secs => ${seconds})`;
  await db.execute(sql`
    update token_uses set last_used_at = now() - ${ago} where token_id = ${firstSignIn(ownerId)}`);
  await db.execute(sql`
    update tokens set created_at = now() - ${ago} - interval '1 minute',
      expires_at = now() + interval '10 hours' where id = ${firstSignIn(ownerId)}`);
}

/** Moves the end of its lifetime to so many seconds from now. */
export async function endIn(db: Executor, ownerId: string, seconds: number): Promise<void> {
  await db.execute(sql`
    update tokens set expires_at = now() + make_interval(secs => ${seconds}),
      created_at = now() - interval '16 hours' where id = ${firstSignIn(ownerId)}`);
}

function firstSignIn(ownerId: string): SQL {
  return sql`(select min(id) from tokens where owner_id = ${ownerId} and kind = 'session')`;
}
