import { readTokenStates } from "@/db/testing/invariants";
import { type Answered, ask } from "./ask";
import { onDatabase, type Stored } from "./database";
import type { Address } from "./latchkey";
import { TOKENS } from "./tokens";

type State = "enabled" | "disabled" | "deleted";

/** What its owner was told of a token. Whoever gets no answer leaves the token alone from then on. */
export interface Entry {
  name: string;
  bearer: string;
  /** As the last answer said. */
  told: State;
  /** As a request would have it that got no answer. */
  asked?: State | undefined;
}

const DELETIONS = 0.3;

/** Makes a token; enters it when that was acknowledged. */
export async function makeToken(
  url: string,
  bearer: string,
  { entries, description = "" }: { entries: Entry[]; description?: string },
): Promise<Answered & { entry?: Entry }> {
  const body = { spec: { description } };
  const answered = await ask(url + TOKENS, bearer, { method: "POST", body });
  if (answered.status !== 201) return answered;
  const { metadata, status } = JSON.parse(answered.body);
  const entry: Entry = { name: metadata.name, bearer: status.bearerToken, told: "enabled" };
  entries.push(entry);
  return { ...answered, entry };
}

/** Stops a token, or starts it where it was stopped; notes what was acknowledged. */
export function toggleToken(url: string, bearer: string, entry: Entry): Promise<Answered> {
  const enabled = entry.told === "disabled";
  return change(url, bearer, {
    entry,
    wanted: enabled ? "enabled" : "disabled",
    request: { method: "PATCH", body: { spec: { enabled } } },
  });
}

/** Deletes a token; notes what was acknowledged. */
export function deleteToken(url: string, bearer: string, entry: Entry): Promise<Answered> {
  return change(url, bearer, { entry, wanted: "deleted", request: { method: "DELETE" } });
}

/** Stops, starts or deletes a token; notes what was acknowledged. */
export function changeToken(
  url: string,
  bearer: string,
  { entry, random }: { entry: Entry; random: () => number },
): Promise<Answered> {
  const act = random() < DELETIONS ? deleteToken : toggleToken;
  return act(url, bearer, entry);
}

async function change(
  url: string,
  bearer: string,
  { entry, wanted, request }: { entry: Entry; wanted: State; request: Parameters<typeof ask>[2] },
): Promise<Answered> {
  entry.asked = wanted;
  const answered = await ask(`${url}${TOKENS}/${entry.name}`, bearer, request);
  if (answered.status === 200) {
    entry.told = wanted;
    entry.asked = undefined;
  }
  return answered;
}

/** Every entry that the database contradicts, in words; empty when nothing acknowledged was lost. */
export async function findLost(place: Stored, entries: readonly Entry[]): Promise<string[]> {
  const stored = await onDatabase(place, readTokenStates);
  const isNow = (name: string): State => {
    const enabled = stored.get(name);
    if (enabled === undefined) return "deleted";
    return enabled ? "enabled" : "disabled";
  };
  return entries
    .filter(({ name, told, asked }) => ![told, asked].includes(isNow(name)))
    .map(({ name, told }) => `${name} was told to be ${told} and is ${isNow(name)}`);
}

/** Every entry whose token works although it was stopped, or does not although it was not. */
export async function findMisjudged(
  { url }: Pick<Address, "url">,
  entries: readonly Entry[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, bearer, told, asked } of entries) {
    if (asked) continue;
    const { status } = await ask(`${url}/verify`, bearer);
    if (status !== (told === "enabled" ? 200 : 401)) wrong.push(`${name}, ${told}: ${status}`);
  }
  return wrong;
}
