import { beforeAll, describe, expect, test } from "vitest";
import { mayApplication, tryAsApplication, whileTamperedWith } from "@/db/testing/audit";
import { rowsOf } from "@/db/testing/rows";
import { anOwner, aToken } from "../testing/owners";
import { deleteToken } from "../tokens/delete";
import { updateToken } from "../tokens/update";
import { tokenHistory } from "./history";
import { verifyAuditTrail } from "./verify";

beforeAll(async () => {
  const owner = await anOwner();
  for (let at = 0; at < 3; at += 1) {
    const { name } = await aToken(owner, {
      description: `"{\u2028 ü 😀}`,
      labels: { "example.com/a": "b" },
    });
    await updateToken(owner, name, { enabled: false });
    await deleteToken(owner, name);
  }
});

describe("the trail", () => {
  test("is one chain without gaps from the first event", async () => {
    const events = await rowsOf("audit_events");
    expect(events.map((event) => Number(event.seq))).toEqual(events.map((_, at) => at + 1));
    expect(events[0]?.previous_hash).toBe("0".repeat(64));
    for (const [at, event] of events.entries()) {
      if (at > 0) expect(event.previous_hash).toBe(events[at - 1]?.hash);
    }
    expect(await verifyAuditTrail()).toMatchObject({ events: events.length, brokenAt: null });
  });

  test("is in the order of time", async () => {
    const times = (await rowsOf("audit_events")).map((event) => event.at.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test.each([
    ["insert", "insert into audit_events select * from audit_events"],
    ["update", "update audit_events set reason = 'x'"],
    ["update of nothing", "update audit_events set reason = 'x' where false"],
    ["delete", "delete from audit_events"],
    ["truncate", "truncate audit_events"],
    ["truncate of everything", "truncate audit_events, tokens, users cascade"],
    ["switching the triggers off", "alter table audit_events disable trigger user"],
    ["dropping the triggers", "drop trigger audit_append_only on audit_events"],
    ["replication mode", "set local session_replication_role = replica"],
    ["moving the end of the chain", "update audit_chain set seq = 0"],
    ["forging the end of the chain", "insert into audit_chain values (2, 0, '')"],
    [
      "replacing the digest",
      "create or replace function public.audit_digest(audit_events) returns text language sql as $$ select '' $$",
    ],
    ["dropping the table", "drop table audit_events"],
    ["taking a month off", "alter table audit_events detach partition audit_events_2026_01"],
    ["retention", "select audit_detach(1, 'x', '{}')"],
    ["dropping a month", "select audit_drop('x', '{}')"],
  ])("refuses the application: %s", async (_, statement) => {
    await expect(tryAsApplication(statement)).rejects.toMatchObject({ sqlState: "42501" });
  });

  test("lets the application read, and write by the one function alone", async () => {
    expect(await mayApplication("SELECT", "audit_events")).toBe(true);
    for (const right of ["INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES"]) {
      expect(await mayApplication(right, "audit_events")).toBe(false);
    }
  });

  test("sets number, time and hashes itself, whatever an insert says", async () => {
    const { events } = await verifyAuditTrail();
    await tryAsApplication(`
      select audit_append('[{"seq":999,"at":"2000-01-01","actor_name":"x","action":"x","object_kind":"x",
        "object_name":"forged","outcome":"success","previous_hash":"x","hash":"x"}]');
      do $$ begin
        if not exists (select 1 from audit_events where object_name = 'forged' and seq = ${events + 1}
          and at > now() - interval '1 minute' and length(hash) = 64 and length(previous_hash) = 64)
        then raise exception 'forged'; end if;
      end $$`);
  });
});

describe("a superuser's change is detected", () => {
  const columns = [
    ["at", "at + interval '1 millisecond'"],
    ["actor_id", "'user-x'"],
    ["actor_name", "'x'"],
    ["actor_token", "'x'"],
    ["action", "'x'"],
    ["object_kind", "'x'"],
    ["object_name", "'x'"],
    ["owner_id", "'x'"],
    ["outcome", "'failure'"],
    ["reason", "'x'"],
    ["before", `'{"a":1}'`],
    ["after", `'{"a":1}'`],
    ["address", "'x'"],
    ["user_agent", "'x'"],
    ["request_id", "'x'"],
    ["previous_hash", "'x'"],
    ["hash", "'x'"],
  ];

  test.each(columns)("of the column %s", async (column, value) => {
    const change = `update audit_events set ${column} = ${value} where seq = 4`;
    const { brokenAt } = await whileTamperedWith([change], verifyAuditTrail);
    expect(brokenAt).toBe(4);
  });

  test.each([
    ["an event taken from the middle", ["delete from audit_events where seq = 4"], 4],
    ["the first event taken", ["delete from audit_events where seq = 1"], 1],
    ["the last event taken", ["delete from audit_events where seq = 9"], 9],
    ["every event taken", ["delete from audit_events"], 1],
    [
      "two events exchanged",
      [
        "update audit_events set seq = -4 where seq = 4",
        "update audit_events set seq = 4 where seq = 5",
        "update audit_events set seq = 5 where seq = -4",
      ],
      4,
    ],
    [
      "an event with a hash that fits its new text",
      [
        "update audit_events set reason = 'x' where seq = 4",
        "update audit_events e set hash = audit_digest(e) where seq = 4",
      ],
      5,
    ],
    [
      "the last event with a hash that fits its new text",
      [
        "update audit_events set reason = 'x' where seq = 9",
        "update audit_events e set hash = audit_digest(e) where seq = 9",
      ],
      9,
    ],
    ["the last event put further off", ["update audit_events set seq = 10 where seq = 9"], 9],
  ] as const)("as %s", async (_, statements, expected) => {
    const { brokenAt } = await whileTamperedWith(statements, verifyAuditTrail);
    expect(brokenAt).toBe(expected);
  });

  test("and nothing is, once everything is as it was", async () => {
    expect((await verifyAuditTrail()).brokenAt).toBeNull();
  });
});

test("the history of a token is its events, the newest first, after its end too", async () => {
  const owner = await anOwner();
  const { name } = await aToken(owner);
  await updateToken(owner, name, { enabled: false });
  await aToken(owner);
  await deleteToken(owner, name);
  const history = await tokenHistory(name);
  expect(history.map((event) => [event.action, event.actorName])).toEqual([
    ["token.delete", owner.username],
    ["token.update", owner.username],
    ["token.create", owner.username],
  ]);
});
