import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { appendEvents, whileTamperedWith } from "@/db/testing/audit";
import "@/db/testing/worker-database";
import { verifyAuditTrail } from "./verify";

const EVENTS = 40;
const TEXTS = ["actor_id", "actor_name", "actor_token", "action", "object_kind", "object_name"];
const MORE = ["owner_id", "outcome", "reason", "address", "user_agent", "request_id"];
const COLUMNS = [...TEXTS, ...MORE, "previous_hash", "hash", "before", "after", "at"];

beforeAll(() => appendEvents(EVENTS));

const seqs = fc.integer({ min: 1, max: EVENTS });

/** One byte more, one less, or another one, of what a column holds. */
function change(column: string, seq: number, place: number): string {
  if (column === "at") {
    return `update audit_events set at = at - interval '${1 + place} milliseconds' where seq = ${seq}`;
  }
  if (column === "before" || column === "after") {
    return `update audit_events set ${column} = '{"a":${place}}' where seq = ${seq}`;
  }
  const byte = `overlay(coalesce(${column}, '') placing '~' from ${1 + (place % 8)} for 1)`;
  return `update audit_events set ${column} = ${byte} where seq = ${seq}`;
}

test("a changed byte of any field of any event is found, and its event named", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...COLUMNS),
      seqs,
      fc.integer({ min: 0, max: 63 }),
      async (column, seq, place) => {
        const { brokenAt } = await whileTamperedWith(
          [change(column, seq, place)],
          verifyAuditTrail,
        );
        expect(brokenAt).toBe(seq);
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

test("events that are deleted, inserted or put in another order are found", async () => {
  const copied = (from: number, to: number) => `
    insert into audit_events select ${to}, at, actor_id, actor_name, actor_token, action, object_kind,
      object_name, owner_id, outcome, reason, before, after, address, user_agent, request_id,
      previous_hash, hash from audit_events where seq = ${from}`;
  await fc.assert(
    fc.asyncProperty(seqs, seqs, async (one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      const deleted = [`delete from audit_events where seq between ${low} and ${high}`];
      expect((await whileTamperedWith(deleted, verifyAuditTrail)).brokenAt).toBe(low);
      const inserted = [
        ...[1_000, -999].map(
          (by) => `update audit_events set seq = seq + ${by} where seq > ${low}`,
        ),
        copied(low, low + 1),
      ];
      expect((await whileTamperedWith(inserted, verifyAuditTrail)).brokenAt).toBe(low + 1);
      if (low === high) return;
      const exchanged = [
        `update audit_events set seq = -1 where seq = ${low}`,
        `update audit_events set seq = ${low} where seq = ${high}`,
        `update audit_events set seq = ${high} where seq = -1`,
      ];
      expect((await whileTamperedWith(exchanged, verifyAuditTrail)).brokenAt).toBe(low);
    }),
    { numRuns: 15 },
  );
}, 120_000);

test("a chain that was rewritten to its end is found by a head that was noted before", async () => {
  const { head } = await verifyAuditTrail();
  await appendEvents(5);
  const rewritten = [
    `do $$ declare e audit_events; last text; begin
       update audit_events set reason = 'another story' where seq = 7;
       select hash into last from audit_events where seq = 6;
       for e in select * from audit_events where seq >= 7 order by seq loop
         e.previous_hash := last;
         last := audit_digest(e);
         update audit_events set previous_hash = e.previous_hash, hash = last where seq = e.seq;
       end loop;
       update audit_chain set hash = last;
     end $$`,
  ];
  expect(await verifyAuditTrail({ notedHead: head })).toMatchObject({ brokenAt: null });
  const [unaware, aware, from] = await whileTamperedWith(rewritten, async () => [
    await verifyAuditTrail(),
    await verifyAuditTrail({ notedHead: head }),
    await verifyAuditTrail({ from: head }),
  ]);
  expect(unaware?.brokenAt).toBeNull();
  expect(aware).toMatchObject({ brokenAt: head.seq, problem: "noted head" });
  expect(from).toMatchObject({ brokenAt: head.seq, problem: "noted head" });
});
