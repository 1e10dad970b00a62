import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { expect, test } from "vitest";
import { begunStreamOf, streamOf } from "./stream";

const CHUNK = "x".repeat(100_000);

function chunks(count: number) {
  const made = { count: 0, isOver: false };
  async function* make() {
    try {
      while (made.count < count) {
        made.count += 1;
        yield CHUNK;
      }
    } finally {
      made.isOver = true;
    }
  }
  return { made, generator: make() };
}

/** A client that has the headers of the answer and takes nothing more until told. */
async function connect(body: () => ReadableStream<Uint8Array>) {
  const server = createServer(getRequestListener(() => new Response(body())));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const request = get({ port, host: "127.0.0.1" });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.pause();
  return { response, close: () => server.close() };
}

test("what a client does not take is not made", async () => {
  const { made, generator } = chunks(1_000);
  const { response, close } = await connect(() => streamOf(generator));
  await sleep(300);
  // The buffers of the sockets take some.
  expect(made.count).toBeLessThan(200);
  let bytes = 0;
  for await (const part of response) bytes += part.length;
  expect(bytes).toBe(1_000 * CHUNK.length);
  expect(made.isOver).toBe(true);
  close();
});

test("a client that takes nothing is cut off, and what it waited for is ended", async () => {
  const { made, generator } = chunks(1_000);
  let isClosed = false;
  const onClose = () => {
    isClosed = true;
  };
  const { response, close } = await connect(() =>
    streamOf(generator, { close: onClose, stalledMs: 200 }),
  );
  await expect.poll(() => isClosed && made.isOver).toBe(true);
  await expect(
    (async () => {
      for await (const _ of response);
    })(),
  ).rejects.toThrow("aborted");
  close();
});

test("a body that nobody reads is ended", async () => {
  const { generator } = chunks(10);
  let isClosed = false;
  const onClose = () => {
    isClosed = true;
  };
  streamOf(generator, { close: onClose, stalledMs: 50 });
  await expect.poll(() => isClosed).toBe(true);
});

test("a client that goes away ends what waits", async () => {
  let wake = () => {};
  async function* waiting() {
    yield CHUNK;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  let isClosed = false;
  const onClose = () => {
    isClosed = true;
    wake();
  };
  const { response, close } = await connect(() => streamOf(waiting(), { close: onClose }));
  response.resume();
  await sleep(50);
  response.destroy();
  await expect.poll(() => isClosed).toBe(true);
  close();
});

test("what fails before 64 kB are made is thrown, and a shorter body is made whole", async () => {
  async function* failing() {
    yield "a";
    throw new Error("the database went away");
  }
  await expect(begunStreamOf(failing())).rejects.toThrow("went away");
  async function* short() {
    yield "a";
    yield "b";
  }
  expect(await new Response(await begunStreamOf(short())).text()).toBe("ab");
});

test("what fails later cuts the answer off, and is never an answer of its own", async () => {
  async function* failing() {
    yield CHUNK;
    throw new Error("the database went away");
  }
  for (const body of [streamOf(failing()), await begunStreamOf(failing())]) {
    const { response, close } = await connect(() => body);
    expect(response.statusCode).toBe(200);
    await expect(
      (async () => {
        for await (const _ of response);
      })(),
    ).rejects.toThrow("aborted");
    close();
  }
});
