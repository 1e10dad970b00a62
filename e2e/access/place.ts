import { insertJob } from "@/db/bulk-jobs";
import { fingerprint } from "@/db/testing/fingerprint";
import { insertUser } from "@/db/users";
import { disconnect, onDatabase } from "../database";
import { test as base } from "../fixtures";
import { type Latchkey, removeLatchkey, startLatchkey } from "../latchkey";
import { ADMINISTRATOR } from "../people";
import { startProvider } from "../provider";
import type { Things } from "./answers";
import type { Sent } from "./ask";
import { type Manifest, readManifest } from "./manifest";
import { invitePeople, makeToken, type People, signedIn, type Who } from "./who";

/** A Latchkey in which nobody else changes anything, its manifests, and one of everybody. */
export interface Place {
  latchkey: Latchkey;
  manifest: Manifest;
  people: People;
}

export const test = base.extend<object, { place: Place }>({
  place: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => {
      const provider = await startProvider();
      const latchkey = await startLatchkey({
        environment: {
          ...provider.environment,
          ADMIN_USERNAME: ADMINISTRATOR.username,
          ADMIN_PASSWORD: ADMINISTRATOR.password,
        },
      });
      provider.serve(latchkey.url);
      const people = await invitePeople(latchkey);
      await use({ latchkey, manifest: await readManifest(), people });
      await disconnect();
      await provider.stop();
      await removeLatchkey(latchkey);
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** A new token of `user`'s, and who that is. */
export async function makeThings({ latchkey, people }: Place): Promise<Things> {
  const { id: userId, username, password, api } = people.user;
  const { name: token } = await makeToken(latchkey, api);
  const { name: session } = await makeToken(latchkey, api, "session");
  const job = await endedJob(latchkey, { actorId: userId, actorName: username });
  const spareId = await spareUser(latchkey);
  return { token, session, userId, username, password, job, spareId };
}

async function endedJob(
  latchkey: Latchkey,
  actor: { actorId: string; actorName: string },
): Promise<string> {
  const id = crypto.randomUUID();
  const job = { ...actor, id, actorToken: "", scope: "own", action: "disable" } as const;
  const end = {
    state: "done",
    asOfSeq: 0,
    collectedId: 0,
    lastId: 0,
    finishedAt: new Date(),
  } as const;
  await onDatabase(latchkey, (db) => insertJob(db, { ...job, ...end }));
  return id;
}

async function spareUser(latchkey: Latchkey): Promise<string> {
  const id = `user-${crypto.randomUUID().slice(0, 8)}bb`;
  await onDatabase(latchkey, (db) =>
    insertUser(db, { id, username: id, passwordHash: null, role: "user" }),
  );
  return id;
}

/** Signs in again who was signed out. */
export async function signInAgain({ latchkey, people }: Place, who: Who): Promise<void> {
  people[who] = await signedIn(latchkey, people[who]);
  const { admin } = people;
  people.swapped = { ...admin, page: admin.api, api: admin.page };
}

/** Sends a request, and says whether anything but the audit trail was written because of it. */
export async function send({ latchkey }: Place, { path, method, ...sent }: Sent) {
  const { body, headers } = await packed(sent);
  const request = { method, headers, redirect: "manual", ...(body ? { body } : {}) } as const;
  const before = await onDatabase(latchkey, fingerprint);
  const answer = await fetch(latchkey.url + path, request);
  const { status } = answer;
  const leadsTo = answer.headers.get("x-action-redirect");
  const text = await answer.text();
  const after = await onDatabase(latchkey, fingerprint);
  const written = Object.keys(after).filter((table) => after[table] !== before[table]);
  return { status, leadsTo, text, written };
}

// In one piece: who is refused at once may hang up before the rest of a stream.
async function packed({ body, headers }: Pick<Sent, "body" | "headers">) {
  if (!(body instanceof FormData)) return { body, headers };
  const form = new Response(body);
  const type = form.headers.get("Content-Type") ?? "";
  return { body: await form.text(), headers: { ...headers, "Content-Type": type } };
}
