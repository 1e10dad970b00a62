import { setTimeout as sleep } from "node:timers/promises";
import { type Answered, ask } from "./ask";
import { changeToken, type Entry, makeToken } from "./ledger";

interface Wishes {
  /** Where to ask, which may change while it runs. */
  url: () => string;
  /** Of whom the tokens are. */
  bearer: string;
  random: () => number;
}

/** People who make, stop, start and delete tokens, and programs that check one, all at once. */
export interface Traffic {
  entries: readonly Entry[];
  /** How many changes were acknowledged, and how many requests were refused as an outage. */
  counts: () => { acknowledged: number; refused: number };
  /** Answers that are neither success nor an outage that says so. */
  unexpected: readonly string[];
  /** Of the requests that ended since the last look, the one that took longest. */
  takeSlowestMs: () => number;
  /** Resolves when everybody was answered well some times in a row; gives when last one was not. */
  calm: () => Promise<number>;
  /** Resolves when that many more were refused. */
  refusals: (count: number) => Promise<void>;
  stop: () => Promise<void>;
}

const WRITERS = 4;
const CHECKERS = 4;
const TOKENS_EACH = 4;
const IN_A_ROW = 15;
const PAUSE_MS = 10;
const CALM_MS_MAX = 30_000;

/** Starts it; the tokens that are checked are the writers' own and one that stays as it is. */
export function startTraffic({ url, bearer, random }: Wishes): Traffic {
  const entries: Entry[] = [];
  const unexpected: string[] = [];
  const streaks = new Array<number>(WRITERS + CHECKERS).fill(0);
  let [acknowledged, refused, slowestMs, lastBadMs] = [0, 0, 0, 0];
  let isOver = false;

  const note = (at: number, { status, body, ms }: Answered): boolean => {
    slowestMs = Math.max(slowestMs, ms);
    const isGood = status >= 200 && status < 300;
    if (isGood) streaks[at] = (streaks[at] ?? 0) + 1;
    else {
      streaks[at] = 0;
      refused += 1;
      lastBadMs = performance.now();
      if (status !== 503) unexpected.push(`${status} ${body.slice(0, 300)}`);
    }
    return isGood;
  };

  const isDone = (at: number, answered: Answered): boolean => {
    const isGood = note(at, answered);
    if (isGood) acknowledged += 1;
    return isGood;
  };

  const writeOnce = async (at: number, own: Entry[]) => {
    const index = Math.floor(random() * TOKENS_EACH);
    const entry = own[index];
    if (!entry) {
      const made = await makeToken(url(), bearer, { entries });
      if (isDone(at, made) && made.entry) own.push(made.entry);
      return;
    }
    const isGood = isDone(at, await changeToken(url(), bearer, { entry, random }));
    if (!isGood || entry.told === "deleted") own.splice(index, 1);
  };

  const write = async (at: number) => {
    const own: Entry[] = [];
    while (!isOver) {
      await writeOnce(at, own);
      await sleep(PAUSE_MS);
    }
  };

  const check = async (at: number) => {
    while (!isOver) {
      note(at, await ask(`${url()}/verify`, bearer));
      await sleep(PAUSE_MS);
    }
  };

  const loops = streaks.map((_, at) => (at < WRITERS ? write(at) : check(at)));
  const until = async (isReached: () => boolean) => {
    const deadlineMs = performance.now() + CALM_MS_MAX;
    while (!isReached()) {
      if (performance.now() > deadlineMs) throw new Error(`no calm: ${unexpected.slice(-3)}`);
      await sleep(PAUSE_MS);
    }
  };
  return {
    entries,
    unexpected,
    counts: () => ({ acknowledged, refused }),
    takeSlowestMs: () => {
      const ms = slowestMs;
      slowestMs = 0;
      return ms;
    },
    calm: async () => {
      streaks.fill(0);
      await until(() => streaks.every((streak) => streak >= IN_A_ROW));
      return lastBadMs;
    },
    refusals: async (count) => {
      const wanted = refused + count;
      await until(() => refused >= wanted);
    },
    stop: async () => {
      isOver = true;
      await Promise.all(loops);
    },
  };
}
