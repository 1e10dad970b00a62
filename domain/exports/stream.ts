const STALLED_MS = 30_000;

/**
 * A body of these chunks, each made when the one before has been taken: what a slow client does not
 * take is not in memory. One who takes nothing for half a minute is cut off. `close` ends a wait.
 */
export function streamOf(
  chunks: AsyncGenerator<string>,
  close: () => void = () => {},
  stalledMs = STALLED_MS,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stalled: NodeJS.Timeout | undefined;
  const end = () => {
    clearTimeout(stalled);
    close();
    chunks.return(undefined).catch(() => undefined);
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        stalled = setTimeout(cutOff, stalledMs, controller);
      },
      async pull(controller) {
        clearTimeout(stalled);
        const { done, value } = await chunks.next();
        if (done) return controller.close();
        controller.enqueue(encoder.encode(value));
        stalled = setTimeout(cutOff, stalledMs, controller);
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
