import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer as it went over the line. */
export interface Recorded {
  method: string;
  path: string;
  status: number;
  headers: string[];
  body: Buffer;
}

/** A proxy that keeps everything that Latchkey answers to browsers and programs. */
export async function startRecorder() {
  const answers: Recorded[] = [];
  const open: Promise<void>[] = [];
  let upstream = "";
  const server = createServer((incoming, response) => {
    const { method = "GET", url: path = "/" } = incoming;
    // Compressed, nothing would be found.
    const headers = without(incoming.rawHeaders, "accept-encoding");
    const outgoing = request(upstream, { method, path, headers, agent: false }, (answer) => {
      const { statusCode: status = 0, rawHeaders } = answer;
      const recorded: Recorded = {
        method,
        path,
        status,
        headers: rawHeaders,
        body: Buffer.alloc(0),
      };
      answers.push(recorded);
      response.writeHead(status, rawHeaders);
      const chunks: Buffer[] = [];
      // Also what nobody waits for any more is read to its end.
      answer.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        if (!response.destroyed) response.write(chunk);
      });
      open.push(
        new Promise((resolve) => {
          const finish = () => {
            recorded.body = Buffer.concat(chunks);
            response.end();
            resolve();
          };
          answer.once("end", finish).once("close", finish).on("error", finish);
          response.once("close", () => answer.destroy());
        }),
      );
    });
    // Who is refused at once is hung up on before the rest is sent.
    outgoing.on("error", () => void (response.headersSent || response.destroy()));
    incoming.pipe(outgoing);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    /** Everything is passed on to this address. */
    serve: (url: string) => {
      upstream = url;
    },
    /** What was answered so far, when all of it has been. */
    answers: async () => {
      await Promise.all(open);
      return answers;
    },
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

function without(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, at) => rawHeaders[at - (at % 2)]?.toLowerCase() !== name);
}
