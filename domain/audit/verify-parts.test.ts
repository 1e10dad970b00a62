import { expect, test } from "vitest";
import { appendEvents, whileTamperedWith } from "@/db/testing/audit";
import "@/db/testing/worker-database";
import { verifyAuditTrail } from "./verify";

test("a trail of many parts is checked to its end, at the seams too", async () => {
  expect(await verifyAuditTrail()).toMatchObject({ events: 0, brokenAt: null });
  await appendEvents(10_050);
  expect(await verifyAuditTrail()).toMatchObject({ events: 10_050, brokenAt: null });
  for (const seq of [1, 5_000, 5_001, 10_000, 10_001, 10_050]) {
    const changes = [
      `update audit_events set reason = 'x' where seq = ${seq}`,
      `update audit_events e set hash = audit_digest(e) where seq = ${seq}`,
    ];
    const { brokenAt } = await whileTamperedWith(changes, verifyAuditTrail);
    expect(brokenAt).toBe(Math.min(seq + 1, 10_050));
    const taken = [`delete from audit_events where seq = ${seq}`];
    expect((await whileTamperedWith(taken, verifyAuditTrail)).brokenAt).toBe(seq);
  }
}, 60_000);
