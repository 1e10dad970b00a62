import { crc32 } from "node:zlib";

export const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** The published algorithm, written by division of a BigInt from the least place up. */
export function publishedChecksum(name: string, random: string): string {
  let rest = BigInt(crc32(`${name}:${random}`));
  const symbols: string[] = [];
  while (rest > 0n) {
    symbols.unshift(ALPHABET.charAt(Number(rest % 27n)));
    rest /= 27n;
  }
  return symbols.join("").padStart(7, "b");
}
