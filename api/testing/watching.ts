import { openGet, TOKENS } from "./client";

export interface Event {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests state what is in it
  object: any;
}

export interface Watching {
  status: number;
  /** The next event; undefined at the end of the watch. */
  next: () => Promise<Event | undefined>;
  /** The next so many events, told apart by type and name. */
  told: (count: number) => Promise<string[]>;
  /** Everything until the end of the watch. */
  rest: () => Promise<Event[]>;
  close: () => Promise<void>;
}

/** Watches tokens over the API; the query begins after `watch=true`. */
export async function watching(bearer: string, query = ""): Promise<Watching> {
  const response = await openGet(`${TOKENS}?watch=true&${query}`, bearer);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = "";
  async function next(): Promise<Event | undefined> {
    for (;;) {
      const end = buffered.indexOf("\n");
      if (end >= 0) {
        const line = buffered.slice(0, end);
        buffered = buffered.slice(end + 1);
        return JSON.parse(line);
      }
      const part = await reader?.read();
      if (!part || part.done) return undefined;
      buffered += part.value;
    }
  }
  return {
    status: response.status,
    next,
    told: async (count) => {
      const told: string[] = [];
      for (let at = 0; at < count; at += 1) {
        const event = await next();
        told.push(`${event?.type} ${event?.object.metadata?.name}`);
      }
      return told;
    },
    rest: async () => {
      const events: Event[] = [];
      for (let event = await next(); event; event = await next()) events.push(event);
      return events;
    },
    close: async () => reader?.cancel(),
  };
}
