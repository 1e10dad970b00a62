import { setImmediate as nextTurn } from "node:timers/promises";
import { query } from "@/db/client";
import { CREDENTIALS_MAX, type Credential, findCredentials } from "@/db/tokens";

/** What the database said of a name; `credential` is undefined when there is no such token. */
export interface Answer {
  credential: Credential | undefined;
  /** When it was asked, on the clock of performance.now(). */
  askedMs: number;
}

interface Question {
  name: string;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

const STATEMENTS_MAX = 4;

const waiting: Question[] = [];
let underWay = 0;

/**
 * Asks the database for a credential. What is asked for while a statement is under way goes together
 * in the next one: under load, one for each would cost more than all the rest of a check.
 */
export function askForCredential(name: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    waiting.push({ name, resolve, reject });
    askNext();
  });
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
    const found = await query((db) => findCredentials(db, names)).finally(goOn);
    // The next statement leaves with the next turn: the database works on it during these answers.
    await nextTurn();
    for (const { name, resolve } of questions) {
      resolve({ credential: found.find((credential) => credential.name === name), askedMs });
    }
  } catch (error) {
    for (const { reject } of questions) reject(error);
  }
}

function goOn(): void {
  underWay -= 1;
  askNext();
}
