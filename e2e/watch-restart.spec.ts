import { embeddedDatabaseUrl } from "@/db/embedded";
import { expect, test } from "./fixtures";
import { type Latchkey, removeLatchkey, startLatchkey } from "./latchkey";
import { ADMINISTRATOR } from "./people";
import { signInProgram } from "./sign-in";
import { TOKENS } from "./tokens";

const ENVIRONMENT = {
  ADMIN_USERNAME: ADMINISTRATOR.username,
  ADMIN_PASSWORD: ADMINISTRATOR.password,
};

interface Event {
  type: string;
  object: { metadata: { name: string; resourceVersion: string } };
}

test("a watch ends in good order with its process, and goes on after the restart where it was", async () => {
  test.setTimeout(90_000);
  const first = await startLatchkey({ environment: ENVIRONMENT });
  const bearer = await signInProgram(first, ADMINISTRATOR);
  const seen: Event[] = [];
  const watching = watch(first, bearer, await versionOf(first, bearer), seen);
  const made = [await create(first, bearer), await create(first, bearer)];
  await expect.poll(() => seen.length).toBe(2);
  const startedAt = performance.now();
  const [code] = await Promise.all([first.end("SIGTERM"), watching]);
  expect(code).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(5_000);

  const second = await startLatchkey({ dataDir: first.dataDir });
  try {
    made.push(await create(second, bearer));
    const from = seen.at(0)?.object.metadata.resourceVersion ?? "";
    const resumed: Event[] = [];
    watch(second, bearer, from, resumed).catch(() => undefined);
    await expect.poll(() => namesOf(resumed)).toEqual(made.slice(1));
  } finally {
    await removeLatchkey(second);
  }
});

test("a watch tells at once what another process changes, and ends when that one stops its token", async () => {
  test.setTimeout(90_000);
  const first = await startLatchkey({ environment: ENVIRONMENT });
  const other = await startLatchkey({
    environment: {
      DATABASE_URL: (await embeddedDatabaseUrl(first)) ?? "",
      NEXTAUTH_URL: "http://localhost",
      NEXTAUTH_SECRET: "the same secret, but for another process",
      HOST: "127.0.0.1",
    },
  });
  try {
    const bearer = await signInProgram(first, ADMINISTRATOR);
    const seen: Event[] = [];
    const watching = watch(first, bearer, await versionOf(first, bearer), seen);
    for (let at = 1; at <= 5; at += 1) {
      await create(other, bearer);
      await expect.poll(() => seen.length, { timeout: 500, intervals: [10] }).toBe(at);
    }
    const [name = ""] = bearer.slice("ext/".length).split(":");
    const headers = { Authorization: `Bearer ${bearer}` };
    await fetch(`${other.url}${TOKENS}/${name}`, { method: "DELETE", headers });
    const stoppedAt = performance.now();
    await watching;
    expect(performance.now() - stoppedAt).toBeLessThan(1_000);
  } finally {
    await other.end("SIGTERM");
    await removeLatchkey(first);
  }
});

async function create({ url }: Latchkey, bearer: string): Promise<string> {
  const headers = { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" };
  const answer = await fetch(`${url}${TOKENS}`, { method: "POST", headers, body: "{}" });
  expect(answer.status).toBe(201);
  return (await answer.json()).metadata.name;
}

async function versionOf({ url }: Latchkey, bearer: string): Promise<string> {
  const headers = { Authorization: `Bearer ${bearer}` };
  const list = await (await fetch(`${url}${TOKENS}?limit=1`, { headers })).json();
  return list.metadata.resourceVersion;
}

/** Collects the events of a watch; resolves when the server ends it. */
async function watch({ url }: Latchkey, bearer: string, from: string, seen: Event[]) {
  const headers = { Authorization: `Bearer ${bearer}` };
  const answer = await fetch(`${url}${TOKENS}?watch=true&resourceVersion=${from}`, { headers });
  let text = "";
  for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (text + part).split("\n");
    text = lines.pop() ?? "";
    seen.push(...lines.map((line) => JSON.parse(line)));
  }
}

function namesOf(events: readonly Event[]): string[] {
  return events.map((event) => event.object.metadata.name);
}
