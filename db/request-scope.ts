import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "./process-wide";

/** Set around each request for a page; `outage` turns true when the database could not answer. */
export const requestScope = processWide(
  "request-scope",
  () => new AsyncLocalStorage<{ outage: boolean }>(),
);
