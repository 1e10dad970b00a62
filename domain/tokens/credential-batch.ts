import { setImmediate as nextTurn } from "node:timers/promises";
import { query } from "@/db/client";
import { Unavailable } from "@/db/errors";
import { CREDENTIALS_MAX, type Credential, findCredentials } from "@/db/tokens";

/** What the database said of a name; `credential` is undefined when there is no such token. */
export interface Answer {
  credential: Credential | undefined;
  /** When it was asked, on the clock of performance.now(). */
  askedMs: number;
}

interface Question {
  name: string;
  /** On the clock of performance.now(). */
  sinceMs: number;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

const STATEMENTS_MAX = 4;
// A statement may take that long (db/client.ts), and so may waiting for one and it together.
const WAIT_MS_MAX = 5_500;
const LOOK_EVERY_MS = 250;

const waiting: Question[] = [];
/** What has no answer yet, waiting or under way, the oldest first. */
const open = new Set<Question>();
let underWay = 0;
let look: NodeJS.Timeout | undefined;

/**
 * Asks the database for a credential. What is asked for while a statement is under way goes together
 * in the next one: under load, one for each would cost more than all the rest of a check. Throws
 * Unavailable within six seconds, however many ask.
 */
export function askForCredential(name: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const question = { name, sinceMs: performance.now(), resolve, reject };
    waiting.push(question);
    open.add(question);
    look ??= setInterval(giveUp, LOOK_EVERY_MS).unref();
    askNext();
  });
}

// One timer for all: one for each would cost more than the question.
function giveUp(): void {
  const latestMs = performance.now() - WAIT_MS_MAX;
  for (const question of open) {
    if (question.sinceMs > latestMs) break;
    open.delete(question);
    question.reject(new Unavailable("too many wait"));
  }
  const kept = waiting.findIndex((question) => open.has(question));
  waiting.splice(0, kept < 0 ? waiting.length : kept);
  if (open.size > 0) return;
  clearInterval(look);
  look = undefined;
}

function askNext(): void {
  const isFull = waiting.length >= CREDENTIALS_MAX;
  if (waiting.length === 0 || underWay >= (isFull ? STATEMENTS_MAX : 1)) return;
  underWay += 1;
  void askTogether(waiting.splice(0, CREDENTIALS_MAX));
}

async function askTogether(questions: readonly Question[]): Promise<void> {
  const askedMs = performance.now();
  const names = questions.map(({ name }) => name);
  try {
    const read = query((db) => findCredentials(db, names), { goesFirst: true });
    const found = await read.finally(goOn);
    // The next statement leaves with the next turn: the database works on it during these answers.
    await nextTurn();
    for (const question of questions) {
      open.delete(question);
      const { name, resolve } = question;
      resolve({ credential: found.find((credential) => credential.name === name), askedMs });
    }
  } catch (error) {
    for (const question of questions) {
      open.delete(question);
      question.reject(error);
    }
  }
}

function goOn(): void {
  underWay -= 1;
  askNext();
}
