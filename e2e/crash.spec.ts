import { listAuditEventsOf } from "@/db/audit-events";
import { disconnect, onDatabase } from "./database";
import { expect, test } from "./fixtures";
import { type Latchkey, operate, removeLatchkey, startLatchkey } from "./latchkey";
import { ADMINISTRATOR } from "./people";
import { signInProgram } from "./sign-in";
import { TOKENS } from "./tokens";

const CREATES = 200;
const PARALLEL = 8;
const KILL_AFTER = 60;

test("a killed process loses no acknowledged token, and no token lacks its event or has two", async () => {
  test.setTimeout(90_000);
  const environment = {
    ADMIN_USERNAME: ADMINISTRATOR.username,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
  };
  const first = await startLatchkey({ environment });
  const bearer = await signInProgram(first, ADMINISTRATOR);
  const acknowledged = await createUntilKilled(first, bearer);
  expect(acknowledged.length).toBeGreaterThanOrEqual(KILL_AFTER);
  expect(acknowledged.length).toBeLessThan(CREATES);

  const second = await startLatchkey({ dataDir: first.dataDir });
  try {
    const headers = { Authorization: `Bearer ${bearer}` };
    const { items } = await (await fetch(`${second.url}${TOKENS}`, { headers })).json();
    const stored: string[] = items.map(
      (item: { metadata: { name: string } }) => item.metadata.name,
    );
    expect(acknowledged.filter((name) => !stored.includes(name))).toEqual([]);
    for (const name of stored) {
      const events = await onDatabase(second, (db) =>
        listAuditEventsOf(db, { kind: "token", name }, { beforeSeq: 1e9, limit: 5 }),
      );
      const makings = events.filter(({ action }) =>
        /^(token.create|session.sign-in)$/.test(action),
      );
      expect([name, makings.length]).toEqual([name, 1]);
    }
    expect(await operate(second, ["audit"])).toContain("The audit trail is whole");
  } finally {
    await disconnect();
    await removeLatchkey(second);
  }
});

async function createUntilKilled(latchkey: Latchkey, bearer: string): Promise<string[]> {
  const acknowledged: string[] = [];
  let started = 0;
  const work = async () => {
    while (started < CREATES) {
      started += 1;
      const answer = await fetch(`${latchkey.url}${TOKENS}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
        body: JSON.stringify({ spec: { description: `number ${started}` } }),
      });
      const { metadata } = await answer.json();
      acknowledged.push(metadata.name);
      if (acknowledged.length === KILL_AFTER) void latchkey.end("SIGKILL");
    }
  };
  await Promise.allSettled(Array.from({ length: PARALLEL }, work));
  await latchkey.end("SIGKILL");
  return acknowledged;
}
