import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { createApi } from "../app";
import { createProgramHandler } from "../program-handler";

interface Sent {
  method: string;
  path: string;
  /** Names and values in turn, so that a name can stand twice. */
  headers: string[];
  body?: string | Uint8Array;
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** The API behind a real port: sends requests as they are, also those that fetch() would mend. */
export async function serveApi(log = pino({ level: "silent" })) {
  const api = createApi({ log, isDraining: () => false });
  const server = createServer(createProgramHandler(api));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    send: (sent: Sent) => send(port, sent),
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

function send(port: number, { method, path, headers, body }: Sent): Promise<Answer> {
  // Node adds no length of its own to a DELETE.
  const isMeasured = body !== undefined && !headers.includes("transfer-encoding");
  const length = isMeasured ? ["content-length", String(Buffer.byteLength(body))] : [];
  const all = [...headers, ...length, "host", "test"];
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: "127.0.0.1", port, method, path, headers: all, agent: false },
      async (incoming) => {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) chunks.push(chunk);
        const { statusCode = 0, headers } = incoming;
        resolve({ status: statusCode, headers, text: Buffer.concat(chunks).toString() });
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}
