const registry = globalThis as { [key: symbol]: unknown };

/**
 * One value per process. server.ts and Next's bundle are two module graphs in one process, so a
 * module-level variable would exist twice. `make` runs once; the value must not rely on its class.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`latchkey.${name}`);
  if (!(key in registry)) registry[key] = make();
  return registry[key] as T;
}
