import { randomInt } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { Semaphore, withTimeout } from "async-mutex";
import { processWide } from "@/db/process-wide";
import { DomainError, type FieldProblem } from "../errors";
import { isCommonPassword } from "./common-passwords";

// OWASP's first choice for argon2id. Two at a time bound memory and cores under a login flood.
const COST = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };
const PARALLEL_MAX = 2;
/** How long somebody waits for their turn. */
export const WAIT_MS = 4_000;
const LENGTH_MAX = 1_024;
const GENERATED_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

const slots = processWide("argon2-slots", () => withTimeout(new Semaphore(PARALLEL_MAX), WAIT_MS));
const counts = processWide("argon2-counts", () => ({ checked: 0, stored: 0 }));
const dummy = processWide("argon2-dummy", () => ({ hash: undefined as string | undefined }));

/** Why somebody had no turn within WAIT_MS. */
export function tooManyWait(): DomainError {
  return new DomainError("tooManyRequests", "Too many sign-ins at once. Try again in a moment.", {
    retryAfterMs: WAIT_MS,
  });
}

/** Hashes a password with argon2id. Refuses with tooManyRequests when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return inTurn("stored", () => hash(password, COST));
}

/** How often this process has computed argon2id: to check a password, and to store one. */
export function passwordHashCounts(): Readonly<Record<"checked" | "stored", number>> {
  return counts;
}

/** Whether the password is the stored one; without a stored hash it takes as long and is false. */
export async function isPassword(password: string, storedHash: string | null): Promise<boolean> {
  dummy.hash ??= await hashPassword("no user has this password");
  const expected = storedHash ?? dummy.hash;
  const matches = await inTurn("checked", () => verify(expected, password));
  return matches && storedHash !== null;
}

/** Five groups of random letters and digits: about 125 bits, easy to type. */
export function generatePassword(): string {
  const group = () =>
    Array.from({ length: 5 }, () => GENERATED_ALPHABET[randomInt(GENERATED_ALPHABET.length)]);
  return Array.from({ length: 5 }, () => group().join("")).join("-");
}

/** What is wrong with a new password (NIST SP 800-63B-4, single factor), or null. */
export async function passwordProblem(
  password: string,
  username: string,
  lengthMin: number,
): Promise<FieldProblem | null> {
  const length = [...password].length;
  const problem = (message: string): FieldProblem => ({
    path: "password",
    type: "invalid",
    message,
  });
  if (length < lengthMin) return problem(`must have at least ${lengthMin} characters`);
  if (length > LENGTH_MAX) return problem(`must have at most ${LENGTH_MAX} characters`);
  if (!password.isWellFormed()) return problem("must be whole characters");
  const letters = password.toLowerCase();
  if (new Set(letters).size < 4) return problem("must not repeat so few different characters");
  const withoutContext = letters.replaceAll(username.toLowerCase(), "").replaceAll("latchkey", "");
  if (withoutContext.replaceAll(/[^\p{L}]/gu, "") === "" && withoutContext !== letters) {
    return problem("must not be made of the user's or the product's name");
  }
  const isCommon = (await isCommonPassword(password)) || (await isCommonPassword(withoutContext));
  return isCommon ? problem("must not be one of those that are tried first") : null;
}

async function inTurn<T>(purpose: keyof typeof counts, work: () => Promise<T>): Promise<T> {
  let release: () => void;
  try {
    [, release] = await slots.acquire();
  } catch {
    throw tooManyWait();
  }
  counts[purpose] += 1;
  try {
    return await work();
  } finally {
    release();
  }
}
