import type { Executor } from "./client";

const statements = new WeakMap<Executor, Map<string, unknown>>();

/** A statement that is built once per pool, for what each request asks; `name` tells it apart. */
export function preparedOnce<T>(db: Executor, name: string, build: () => T): T {
  const known = statements.get(db) ?? new Map<string, unknown>();
  statements.set(db, known);
  if (!known.has(name)) known.set(name, build());
  return known.get(name) as T;
}
