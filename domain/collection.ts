import { DomainError } from "./errors";

/** A list that is read as it is taken: only one part is in memory. */
export interface Collection<T> {
  /** A number of the last change that all of it has; later ones may be in it. */
  resourceVersion: string;
  parts: AsyncGenerator<T[]>;
  /** The cursor of the next page, known when all parts are taken; null after the last page. */
  next: () => string | null;
}

/** Every name of `is` must be the object's, and none of `isNot`. */
export interface NameSelection {
  is: readonly string[];
  isNot: readonly string[];
}

export interface CollectionRequest {
  named: NameSelection;
  /** At most so many objects; 0 is all of them. */
  limit: number;
  /** The cursor of the page before. */
  after?: string | undefined;
  /** The list must be of this version exactly, or of one that is not older. */
  version?: { number: number; exactly: boolean } | undefined;
}

/** The refusal of a cursor or a version from which nothing can be continued: list again. */
export function historyExpired(): DomainError {
  return new DomainError(
    "expired",
    "The provided continue parameter or resource version is too old or not of this list.",
  );
}

/** Refuses a version of the future, and exactly one of the past, which is not kept (expired). */
export function requirePresent(version: CollectionRequest["version"], head: number): void {
  if (!version) return;
  if (version.number > head || (version.exactly && version.number !== head)) throw historyExpired();
}

/** What a client sends back to go on after this key of a list. */
export function toCursor(list: string, key: string): string {
  return Buffer.from(JSON.stringify([list, key])).toString("base64url");
}

/** The key of a cursor, undefined without one. Refuses one of another list (expired). */
export function keyOf(list: string, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, "base64url").toString();
  const [of, key] = parse(text);
  if (of !== list || typeof key !== "string") throw historyExpired();
  return key;
}

function parse(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
