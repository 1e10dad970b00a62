import { and, eq } from "drizzle-orm";
import type { Executor } from "./client";
import { tokenPrints, tokens } from "./schema";

/** The name of the token of that print within the scope, or undefined. */
export async function findNameByPrint(
  db: Executor,
  print: string,
  ownerId: string | undefined,
): Promise<string | undefined> {
  const [row] = await db
    .select({ name: tokens.name })
    .from(tokenPrints)
    .innerJoin(tokens, eq(tokens.id, tokenPrints.tokenId))
    .where(
      and(
        eq(tokenPrints.print, print),
        ownerId === undefined ? undefined : eq(tokens.ownerId, ownerId),
      ),
    );
  return row?.name;
}

/** Whether this is the stored hash of that token. */
export async function isHashOf(db: Executor, name: string, hash: string): Promise<boolean> {
  const rows = await db
    .select({ id: tokens.id })
    .from(tokens)
    .where(and(eq(tokens.name, name), eq(tokens.hash, hash)));
  return rows.length > 0;
}
