import type { Latchkey } from "../latchkey";

/**
 * Gives, each time it is asked, what Latchkey has logged as failures of its own code since the last
 * time: not that a request was answered with one.
 */
export function failuresIn(latchkey: Latchkey): () => string[] {
  let read = latchkey.output().length;
  return () => {
    const output = latchkey.output();
    const fresh = output.slice(read);
    read = output.length;
    const failures = fresh.split("\n").filter((line) => /"level":"(error|fatal)"/.test(line));
    return failures.filter((line) => !line.endsWith('"msg":"request"}'));
  };
}
