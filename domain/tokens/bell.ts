/** Something that waits for a time, and can be woken before. */
export interface Bell {
  ring: () => void;
  /** Resolves at a time of performance.now(), or when the bell is rung before. */
  waitUntil: (atMs: number) => Promise<void>;
}

export function createBell(): Bell {
  let waiting = () => {};
  return {
    ring: () => waiting(),
    waitUntil: (atMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.max(atMs - performance.now(), 0));
        waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}
