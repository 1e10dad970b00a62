import { pino } from "pino";
import { createApi } from "./app";
import { CHECK_PATHS } from "./verify/checks";

/** An address of the API. Method `*` is every one of them. */
export interface Route {
  method: string;
  path: string;
}

/** Every address of the API for programs, as its own tables have it: for who may do what there. */
export function listRoutes(): Route[] {
  const api = createApi({ log: pino({ enabled: false }), isDraining: () => false });
  const routes = api.routes.map(({ method, path }) => ({ method, path }));
  // What is asked of every address: what passes it is at another one.
  const own = routes.filter(({ method, path }) => method !== "ALL" || !path.endsWith("*"));
  const named = own.filter(({ method }) => method !== "ALL");
  // The answer to all other methods of an address that has some.
  const alone = own.filter(
    ({ method, path }) => method === "ALL" && !named.some((route) => route.path === path),
  );
  const checks = CHECK_PATHS.map((path) => ({ method: "*", path }));
  return [...named, ...alone.map(({ path }) => ({ method: "*", path })), ...checks];
}
