import { query } from "@/db/client";
import { findUser } from "@/db/users";
import type { UserActor } from "../actor";
import { userNotFound } from "./policy";
import { DATE_FORMATS } from "./schema";
import { toUser, type User } from "./user";

/** A user as that user alone sees it: with how dates are to be written; null is the browser's way. */
export interface Account extends User {
  timeZone: string | null;
  dateFormat: (typeof DATE_FORMATS)[number] | null;
}

/** The actor's own account. */
export async function getOwnAccount(actor: UserActor): Promise<Account> {
  const row = await query((db) => findUser(db, actor.userId));
  if (!row) throw userNotFound(actor.userId);
  const dateFormat = DATE_FORMATS.find((format) => format === row.dateFormat) ?? null;
  return { ...toUser(row), timeZone: row.timeZone, dateFormat };
}
