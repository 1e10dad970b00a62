import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { pino } from "pino";
import { createApi } from "../app";
import { createChecks } from "../verify/checks";

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

interface Sent {
  method: string;
  path: string;
  headers: [string, string][];
  body: string | Uint8Array | undefined;
  /** Only the head of the answer is waited for: what follows may have no end. */
  isEndless?: boolean;
}

/** All that is for programs behind one port, the checks first, as the product has it. */
export async function serveWhole() {
  const failures: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => failures.push(line) });
  const api = createApi({ log, isDraining: () => false });
  const findCheck = createChecks({ audiences: ["https://here.example"], issuer: "https://here" });
  const handle = getRequestListener(api.fetch, { overrideGlobalObjects: false });
  const server = createServer((incoming, response) => {
    const check = findCheck(incoming.url);
    const facts = { requestId: "request-7", address: "192.0.2.7" };
    if (check) void check({ request: incoming, response, facts, log });
    else void handle(incoming, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  return {
    /** What the API has logged as failures of its own since the last time. */
    takeFailures: () => failures.splice(0),
    send: async (sent: Sent) => {
      const first = await send(port, agent, sent);
      // The server may end a connection while it is being used again.
      return first ?? (await send(port, agent, sent)) ?? Promise.reject(new Error("no answer"));
    },
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

function send(
  port: number,
  agent: Agent,
  { method, path, headers, body, isEndless }: Sent,
): Promise<Answer | undefined> {
  const length = body === undefined ? [] : ["content-length", String(Buffer.byteLength(body))];
  const all = [...headers.flat(), ...length, "host", "test"];
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path, headers: all, agent };
    const outgoing = request(options, async (incoming) => {
      const { statusCode: status = 0, headers } = incoming;
      if (isEndless && status === 200) {
        resolve({ status, headers, text: "" });
        return void outgoing.destroy();
      }
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      resolve({ status, headers, text: Buffer.concat(chunks).toString() });
    });
    outgoing.once("error", (error) => (outgoing.reusedSocket ? resolve(undefined) : reject(error)));
    outgoing.end(body);
  });
}
