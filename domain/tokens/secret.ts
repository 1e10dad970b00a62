import { hash, randomInt, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";

// No vowels and no look-alikes: cannot spell words, cannot be misread (as in Rancher).
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
const NAME_LENGTH = 10;
const RANDOM_LENGTH = 47;
const CHECKSUM_LENGTH = 7;
const BEARER = new RegExp(
  `^ext/token-[${ALPHABET}]{${NAME_LENGTH}}:[${ALPHABET}]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`,
);
const NAME_START = "ext/".length;
const NAME_END = "ext/token-".length + NAME_LENGTH;

export interface Secret {
  name: string;
  value: string;
}

/** A fresh token name and a value of about 223 random bits with its checksum. */
export function mintSecret(): Secret {
  const name = `token-${randomSymbols(NAME_LENGTH)}`;
  const random = randomSymbols(RANDOM_LENGTH);
  return { name, value: random + checksumOf(`${name}:${random}`) };
}

/** A fresh id of a user. */
export function mintUserId(): string {
  return `user-${randomSymbols(NAME_LENGTH)}`;
}

export function toBearer(secret: Secret): string {
  return `ext/${secret.name}:${secret.value}`;
}

/**
 * Splits `ext/<name>:<value>`; null unless the form and the checksum are right. The checksum stops
 * garbage and typos before any query; it never authenticates.
 */
export function parseBearer(bearer: string): Secret | null {
  if (!BEARER.test(bearer)) return null;
  const isRight = bearer.endsWith(checksumOf(bearer.slice(NAME_START, -CHECKSUM_LENGTH)));
  if (!isRight) return null;
  return { name: bearer.slice(NAME_START, NAME_END), value: bearer.slice(NAME_END + 1) };
}

/** What is stored of a secret. SHA-256 suffices for 223 random bits (NIST SP 800-63B-4, 3.1.2.2). */
export function hashSecret(secret: Secret): string {
  return `v1:sha256:${hash("sha256", `${secret.name}:${secret.value}`, "base64url")}`;
}

/** Compares in constant time; without a stored hash it does the same work and answers false. */
export function isSecretOf(secret: Secret, storedHash: string | undefined): boolean {
  const expected = storedHash ?? UNKNOWN_HASH;
  if (expected.length !== HASH_LENGTH) return false;
  actualBytes.write(hashSecret(secret), "latin1");
  expectedBytes.write(expected, "latin1");
  return timingSafeEqual(actualBytes, expectedBytes) && storedHash !== undefined;
}

const UNKNOWN_HASH = hashSecret({ name: "", value: "" });
const HASH_LENGTH = UNKNOWN_HASH.length;
// Written anew by each comparison: two buffers for each would cost as much as the hash.
const actualBytes = Buffer.alloc(HASH_LENGTH);
const expectedBytes = Buffer.alloc(HASH_LENGTH);

function checksumOf(text: string): string {
  let rest = crc32(text);
  let symbols = "";
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    symbols = ALPHABET.charAt(rest % ALPHABET.length) + symbols;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return symbols;
}

function randomSymbols(length: number): string {
  return Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
}
