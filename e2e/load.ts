import { type Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

interface Wish {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  agent: Agent;
}

interface Told {
  /** How many answers there were, by status or by the code of a failure. */
  counts: Record<string, number>;
  /** How long each took, by the same. */
  timesMs: Record<string, number[]>;
}

/** Asks and reads the whole answer; a failure of the connection is told by its code, as a status. */
export function ask(url: string, { agent, body, ...wish }: Wish) {
  return new Promise<{ status: string; text: string }>((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve({ status: error.code ?? "", text: "" });
    const outgoing = request(url, { ...wish, agent }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      answer.once("error", fail);
      answer.once("end", () => resolve({ status: String(answer.statusCode), text }));
    });
    outgoing.once("error", fail);
    outgoing.end(body);
  });
}

/** So many at a time, each anew as soon as it was answered, until `stop`. */
export function inLoops(count: number, work: () => Promise<string>) {
  const told: Told = { counts: {}, timesMs: {} };
  let isOver = false;
  const loops = Array.from({ length: count }, async () => {
    while (!isOver) await note(told, performance.now(), work);
  });
  return {
    told,
    stop: async () => {
      isOver = true;
      await Promise.all(loops);
      return told;
    },
  };
}

/**
 * So many a second, whether they are answered or not, for so long; timed from when each was due. Fewer
 * where this machine cannot send as many.
 */
export async function atRate(perSecond: number, forMs: number, work: () => Promise<string>) {
  const told: Told = { counts: {}, timesMs: {} };
  const open = new Set<Promise<void>>();
  const startedAt = performance.now();
  const wanted = Math.round((perSecond * forMs) / 1_000);
  for (let sent = 0; sent < wanted && performance.now() < startedAt + forMs; ) {
    const dueAt = startedAt + (sent * 1_000) / perSecond;
    if (dueAt > performance.now()) {
      await sleep(dueAt - performance.now());
      continue;
    }
    const one = note(told, dueAt, work).finally(() => open.delete(one));
    open.add(one);
    sent += 1;
    // What was answered meanwhile is read before the next one is sent.
    if (sent % 50 === 0) await new Promise(setImmediate);
  }
  await Promise.all(open);
  return told;
}

/** The 99th of a hundred, in whole milliseconds. */
export function p99Ms(timesMs: number[] = []): number {
  const sorted = timesMs.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0);
}

async function note(told: Told, startedAt: number, work: () => Promise<string>): Promise<void> {
  const answer = await work();
  told.counts[answer] = (told.counts[answer] ?? 0) + 1;
  told.timesMs[answer] ??= [];
  told.timesMs[answer].push(performance.now() - startedAt);
}
