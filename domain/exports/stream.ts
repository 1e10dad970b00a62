import { setTimeout as sleep } from "node:timers/promises";

interface StreamOptions {
  /** Ends a wait of the chunks'. */
  close?: () => void;
  stalledMs?: number;
  /** What was made of the chunks before. */
  beginning?: string;
}

const STALLED_MS = 30_000;
const BEGINNING_LENGTH = 65_536;
// The adapter of the API holds the headers back for a moment: a cut before them would be a 500.
const HEADERS_MS = 20;

/**
 * As `streamOf`, when the first 64 kB are made. What fails until then is thrown, and can still be
 * answered as what it is; what fails later breaks the body off, never ends it as if it were whole.
 */
export async function begunStreamOf(
  chunks: AsyncGenerator<string>,
): Promise<ReadableStream<Uint8Array>> {
  let beginning = "";
  while (beginning.length < BEGINNING_LENGTH) {
    const { done, value } = await chunks.next();
    if (done) break;
    beginning += value;
  }
  return streamOf(chunks, { beginning });
}

/**
 * A body of these chunks, each made when the one before has been taken: what a slow client does not
 * take is not in memory. One who takes nothing for half a minute is cut off. `close` ends a wait.
 */
export function streamOf(
  chunks: AsyncGenerator<string>,
  { close = () => {}, stalledMs = STALLED_MS, beginning = "" }: StreamOptions = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stalled: NodeJS.Timeout | undefined;
  const end = () => {
    clearTimeout(stalled);
    close();
    chunks.return(undefined).catch(() => undefined);
  };
  const take = (controller: ReadableStreamDefaultController, text: string) => {
    controller.enqueue(encoder.encode(text));
    stalled = setTimeout(cutOff, stalledMs, controller);
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (beginning === "") stalled = setTimeout(cutOff, stalledMs, controller);
        else take(controller, beginning);
      },
      async pull(controller) {
        clearTimeout(stalled);
        const { done, value } = await chunks.next().catch(failLater);
        if (done) return controller.close();
        take(controller, value);
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );

  function cutOff(controller: ReadableStreamDefaultController): void {
    end();
    controller.error(new Error("the client takes nothing"));
  }
}

async function failLater(error: unknown): Promise<never> {
  await sleep(HEADERS_MS);
  throw error;
}
