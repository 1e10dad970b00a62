import type { Instrumentation } from "next";

/**
 * Whatever a page, an action or a handler throws is in the log, with the digest by which the page that
 * people see names it. Next itself is quiet here, because it writes addresses as they are.
 */
export const onRequestError: Instrumentation.onRequestError = (error) => {
  // biome-ignore lint/suspicious/noConsole: server.ts leads it into the log
  console.error(error);
};
