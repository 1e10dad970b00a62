import type { Logger } from "pino";

export interface Shutdown {
  /** Registers what undoes a step of the start; the last registered is undone first. */
  add: (name: string, undo: () => unknown) => void;
  /** Undoes everything once and ends the process; later calls only wait for the first. */
  run: (exitCode: number) => Promise<never>;
  isRunning: () => boolean;
}

// Orchestrators kill after ten seconds at the earliest.
const HARD_EXIT_MS = 9_500;

/** Collects the steps that end the process in good order. */
export function createShutdown(log: () => Logger | undefined): Shutdown {
  const steps: { name: string; undo: () => unknown }[] = [];
  let running: Promise<never> | undefined;

  async function undoAll(exitCode: number): Promise<never> {
    const hardExit = setTimeout(() => {
      log()?.error("the shutdown took too long");
      process.exit(1);
    }, HARD_EXIT_MS);
    hardExit.unref();
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step.undo();
      } catch (err) {
        log()?.error({ err, action: step.name }, "a step of the shutdown failed");
      }
    }
    process.exit(exitCode);
  }

  return {
    add: (name, undo) => {
      steps.push({ name, undo });
    },
    run: (exitCode) => {
      running ??= undoAll(exitCode);
      return running;
    },
    isRunning: () => running !== undefined,
  };
}
