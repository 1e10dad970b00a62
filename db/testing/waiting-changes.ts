import { poolUse, transaction } from "../client";

/** Takes every connection of this process; gives what lets go of them. */
export async function holdConnections(): Promise<() => Promise<void>> {
  const held = Array.from({ length: poolUse().free }, hold);
  await Promise.all(held.map(({ hasBegun }) => hasBegun));
  return async () => {
    for (const { release } of held) release();
    await Promise.all(held.map(({ isOver }) => isOver));
  };
}

/** Runs work while so many changes wait for a connection. */
export async function whileChangesWait<T>(count: number, work: () => Promise<T>): Promise<T> {
  const release = await holdConnections();
  const waiting = Array.from({ length: count }, () => transaction(async () => undefined));
  try {
    return await work();
  } finally {
    await release();
    await Promise.all(waiting);
  }
}

/** A transaction that keeps its connection until released. */
function hold() {
  let [begin, release] = [() => {}, () => {}];
  const hasBegun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isOver = transaction(async () => {
    begin();
    await released;
  });
  return { hasBegun, release, isOver };
}
