/**
 * Makes work that serves everybody who asked before it began: who asks while it runs waits for the
 * next run, together with all others who do.
 */
export function together(work: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = (): Promise<void> => {
    running = Promise.resolve(work()).then(() => undefined);
    return running.finally(() => {
      running = undefined;
    });
  };
  return () => {
    if (!running) return run();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  };
}
