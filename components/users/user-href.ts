import type { Route } from "next";
import { NEWEST_FIRST, toQueryString } from "@/domain/tokens/filter";
import { toUserQuery, type UserFilter } from "@/domain/users/filter";

export const USERS_PATH = "/admin/users";

/** The address of a list of users. The cast holds: the path is a page, and a query changes none. */
export function usersHref(filter: UserFilter): Route {
  return `${USERS_PATH}${toUserQuery(filter)}` as Route;
}

/** The page of one user. */
export function userHref(id: string): Route {
  return `${USERS_PATH}/${encodeURIComponent(id)}` as Route;
}

/** The list of everybody's tokens, of this owner's alone. */
export function tokensOfHref(username: string, kind?: "session"): Route {
  const filter = { owner: username, ...NEWEST_FIRST } as const;
  return `/admin/tokens${toQueryString(kind ? { ...filter, kind } : filter)}` as Route;
}
