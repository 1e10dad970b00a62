import type { Route } from "next";
import type { ViewList } from "@/domain/views/view";

const PATHS = { own: "/tokens", all: "/admin/tokens" } as const;

/** The address of a view: what it shows, and which one it is. A query changes no page. */
export function viewHref(list: ViewList, view: { id: number; query: string }): Route {
  return `${PATHS[list]}${view.query}${view.query === "" ? "?" : "&"}view=${view.id}` as Route;
}

/** The address of the list without any view, also for who has a default. */
export function plainHref(list: ViewList): Route {
  return `${PATHS[list]}?view=none` as Route;
}
