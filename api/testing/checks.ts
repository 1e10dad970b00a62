import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { afterAll, beforeAll } from "vitest";
import { createChecks } from "../verify/checks";

export const REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";
export const INTROSPECT = "/oauth2/introspect";
export const VERIFY = "/verify";
export const ISSUER = "https://tokens.example.org";

interface Sent {
  method?: string;
  /** Presented as Bearer; undefined presents nothing. */
  bearer?: string;
  headers?: Record<string, string | string[]>;
  body?: string;
}

export interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests state what is in it
  json: any;
}

const logged: string[] = [];
const log = pino({ level: "debug" }, { write: (line: string) => logged.push(line) });
const findCheck = createChecks({ audiences: [ISSUER, "shop"], issuer: ISSUER });
const server = createServer((request, response) => {
  const facts = { requestId: "request-7", address: "192.0.2.7" };
  const answer = findCheck(request.url);
  if (answer) void answer({ request, response, facts, log });
  else response.writeHead(404).end();
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Where the checks of this test file are served. */
export function checksUrl(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends one request as it is, also what fetch would not send. */
export function ask(path: string, { method = "GET", bearer, headers = {}, body }: Sent = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
    const sent = { ...authorization, ...headers };
    const outgoing = httpRequest(checksUrl() + path, { method, headers: sent }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      incoming.once("end", () => {
        const isJson = incoming.headers["content-type"] === "application/json" && text !== "";
        const json = isJson ? JSON.parse(text) : undefined;
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json });
      });
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

/** Asks for a TokenReview of this spec. */
export function review(
  caller: string | undefined,
  spec: unknown,
  more: Record<string, unknown> = {},
) {
  const apiVersion = "authentication.k8s.io/v1";
  return ask(REVIEWS, {
    method: "POST",
    ...(caller === undefined ? {} : { bearer: caller }),
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ apiVersion, kind: "TokenReview", spec, ...more }),
  });
}

/** Introspects a token. */
export function introspectAs(caller: string | undefined, token: string) {
  return ask(INTROSPECT, {
    method: "POST",
    ...(caller === undefined ? {} : { bearer: caller }),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ token }).toString(),
  });
}

/** What the checks have logged since the last time, as lines of JSON. */
export function takeCheckLog(): string[] {
  return logged.splice(0);
}
