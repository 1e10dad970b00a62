import { pino } from "pino";
import type { UserActor } from "@/domain/actor";
import { anOwner, aToken } from "@/domain/testing/owners";
import { createApi } from "../app";

export const TOKENS = "/apis/ext.cattle.io/v1/tokens";
export const USERS = "/apis/management.cattle.io/v3/users";
export const SETTINGS = "/apis/management.cattle.io/v3/settings";

interface Sent {
  bearer?: string;
  /** Sent as JSON; text is sent as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

const logged: string[] = [];
const log = pino({}, { write: (line: string) => logged.push(line) });
const api = createApi({ log, isDraining: () => false });

/** Opens a GET through the whole API and leaves its answer unread. */
export async function openGet(path: string, bearer: string): Promise<Response> {
  return await api.request(path, { headers: { authorization: `Bearer ${bearer}` } });
}

/** Sends one request through the whole API and reads the answer. */
export async function send(method: string, path: string, sent: Sent = {}) {
  const { bearer, body, headers = {} } = sent;
  const mediaType = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  const response = await api.request(path, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": mediaType }),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      "x-forwarded-for": "192.0.2.7",
      "x-request-id": "request-7",
      ...headers,
    },
    ...(body === undefined ? {} : { body: bodyOf(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return {
    status: response.status,
    headers: response.headers,
    text,
    // biome-ignore lint/suspicious/noExplicitAny: the tests state what is in it
    json: (isJson && text !== "" ? JSON.parse(text) : undefined) as any,
  };
}

/** What the API has logged since the last time, as lines of JSON. */
export function takeLog(): string[] {
  return logged.splice(0);
}

export interface Caller {
  actor: UserActor;
  bearer: string;
  /** The name of the token that it calls with. */
  name: string;
  send: (method: string, path: string, sent?: Sent) => ReturnType<typeof send>;
  /** Creates a token through the API and returns its resource. */
  // biome-ignore lint/suspicious/noExplicitAny: the tests state what is in it
  create: (spec?: Record<string, unknown>) => Promise<any>;
}

/** A user of the test's own, who calls with a token of the user's own. */
export async function aCaller(wanted: Parameters<typeof anOwner>[0] = {}): Promise<Caller> {
  const actor = await anOwner(wanted);
  const { bearer, name } = await aToken(actor, { description: "calls" });
  const sendAs: Caller["send"] = (method, path, sent) => send(method, path, { bearer, ...sent });
  return {
    actor,
    bearer,
    name,
    send: sendAs,
    create: async (spec = {}) => {
      const answer = await sendAs("POST", TOKENS, { body: { spec } });
      if (answer.status !== 201) throw new Error(answer.text);
      return answer.json;
    },
  };
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  return typeof body === "string" || body instanceof Uint8Array
    ? (body as string | Uint8Array<ArrayBuffer>)
    : JSON.stringify(body);
}
