/**
 * Goes on with a value that is known, at once, or with a promise of one, then. Most checks are
 * answered from memory, and a promise would cost more than the check.
 */
export function onceKnown<T, R>(
  value: T | Promise<T>,
  next: (value: T) => R | Promise<R>,
): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
