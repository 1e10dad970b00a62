import { query } from "@/db/client";
import { type Credential, findCredentials } from "@/db/tokens";

/** What the database said of a name; `credential` is undefined when there is no such token. */
export interface Answer {
  credential: Credential | undefined;
  /** When it was asked, on the clock of performance.now(). */
  askedMs: number;
}

interface Batch {
  names: string[];
  answers: Promise<ReadonlyMap<string, Answer>>;
}

const NAMES_MAX = 500;

let open: Batch | undefined;

/**
 * Asks the database for a credential. Everything that is asked for in the same turn of the event
 * loop goes in one statement: under load, a query for each would cost more than all the rest.
 */
export async function askForCredential(name: string): Promise<Answer> {
  if (!open || open.names.length >= NAMES_MAX) open = startBatch();
  const { names, answers } = open;
  names.push(name);
  const answer = (await answers).get(name);
  if (!answer) throw new Error("a batch lost one of its names");
  return answer;
}

function startBatch(): Batch {
  const names: string[] = [];
  // After the requests that have arrived by now have been read.
  const turn = new Promise<void>((resolve) => setImmediate(resolve));
  const batch: Batch = {
    names,
    answers: turn.then(() => {
      if (open === batch) open = undefined;
      return askForAll(names);
    }),
  };
  return batch;
}

async function askForAll(names: readonly string[]): Promise<ReadonlyMap<string, Answer>> {
  const askedMs = performance.now();
  const found = await query((db) => findCredentials(db, names));
  const byName = new Map(found.map((credential) => [credential.name, credential]));
  return new Map(names.map((name) => [name, { credential: byName.get(name), askedMs }]));
}
