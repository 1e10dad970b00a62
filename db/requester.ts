import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "./client";
import { preparedOnce } from "./prepared";
import { tokens, users } from "./schema";

/**
 * What is to be known of whoever asks for a token, in one way to the database: whether they are
 * enabled, whom their own token is of at the provider, and the settings that differ from their
 * defaults. Undefined of nobody.
 */
export async function findRequester(db: Executor, given: { userId: string; tokenName: string }) {
  const statement = preparedOnce(db, "find_requester", () =>
    db
      .select({
        enabled: users.enabled,
        principal: tokens.ownerPrincipal,
        settings:
          sql`(select coalesce(jsonb_object_agg(name, value), '{}')::text from settings)`.mapWith(
            (text: string) => new Map(Object.entries<string>(JSON.parse(text))),
          ),
      })
      .from(users)
      .leftJoin(
        tokens,
        and(eq(tokens.ownerId, users.id), eq(tokens.name, sql.placeholder("tokenName"))),
      )
      .where(eq(users.id, sql.placeholder("userId")))
      .prepare("find_requester"),
  );
  const [row] = await statement.execute(given);
  return row;
}
