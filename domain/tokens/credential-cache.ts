import { LRUCache } from "lru-cache";
import { type Change, isFeedCurrent, onChange } from "@/db/change-feed";
import { processWide } from "@/db/process-wide";
import { type Answer, askForCredential } from "./credential-batch";

const ENTRIES_MAX = 50_000;

const cache = processWide("credential-cache", () => {
  const state = {
    answers: new LRUCache<string, Answer>({ max: ENTRIES_MAX }),
    loading: new Map<string, Promise<Answer>>(),
    counts: { hit: 0, miss: 0, joined: 0, bypass: 0 },
  };
  onChange((change) => forget(state, change));
  return state;
});

/** What is remembered of a name, or undefined. Nothing is, unless every change was heard of. */
export function rememberedCredential(name: string): Answer | undefined {
  const answer = isFeedCurrent() ? cache.answers.get(name) : undefined;
  if (answer) cache.counts.hit += 1;
  return answer;
}

/**
 * Asks the database. Who asks for the same name meanwhile gets the same answer, unless a change may
 * have been missed: then it could be from before a change that has been answered since.
 */
export function loadCredential(name: string): Promise<Answer> {
  if (!isFeedCurrent()) {
    cache.counts.bypass += 1;
    return askForCredential(name);
  }
  const running = cache.loading.get(name);
  cache.counts[running ? "joined" : "miss"] += 1;
  return running ?? startLoading(name);
}

/** How often a check was answered from memory, asked, joined another's asking, or had to ask. */
export function credentialCacheCounts(): Readonly<typeof cache.counts> {
  return cache.counts;
}

function startLoading(name: string): Promise<Answer> {
  const loading = askForCredential(name).then(
    (answer) => {
      // Not when a change was heard of since: this may be from before it.
      if (cache.loading.get(name) !== loading) return answer;
      cache.loading.delete(name);
      if (isFeedCurrent()) cache.answers.set(name, answer);
      return answer;
    },
    (error) => {
      if (cache.loading.get(name) === loading) cache.loading.delete(name);
      throw error;
    },
  );
  cache.loading.set(name, loading);
  return loading;
}

function forget({ answers, loading }: Pick<typeof cache, "answers" | "loading">, change: Change) {
  if (change.kind === "token") {
    answers.delete(change.name);
    loading.delete(change.name);
    return;
  }
  // Whose token is being loaded is not known yet.
  loading.clear();
  if (change.kind !== "user") return answers.clear();
  for (const [name, { credential }] of answers.entries()) {
    if (credential?.ownerId === change.id) answers.delete(name);
  }
}
