import { beforeAll, describe, expect, test } from "vitest";
import { appendEvents, whileTamperedWith } from "@/db/testing/audit";
import { addOldMonths } from "@/db/testing/old-months";
import { rowsOf, setSetting } from "@/db/testing/rows";
import { operatorActor } from "../actor";
import { refusalOf } from "../testing/refusal";
import { dropMonth, exportMonth, listDetachedMonths, pruneTrail } from "./retain";
import { verifyAuditTrail } from "./verify";

beforeAll(async () => {
  await addOldMonths(["2020-01", "2020-02", "2020-03"]);
  await appendEvents(5);
  await setSetting("audit-retention-days", "400");
});

describe("retention", () => {
  test("does not take off a month that was tampered with: it is evidence", async () => {
    const changes = ["update audit_events set reason = 'x' where seq = 2"];
    const refusal = await whileTamperedWith(changes, () => refusalOf(pruneTrail()));
    expect(refusal.code).toBe("conflict");
    expect(await listDetachedMonths()).toEqual([]);
  });

  test("takes off whole months that are old enough, and verify goes on from there", async () => {
    const { head } = await verifyAuditTrail();
    const months = ["audit_events_2020_01", "audit_events_2020_02", "audit_events_2020_03"];
    expect((await pruneTrail()).slice(0, 3)).toEqual(months);
    expect((await listDetachedMonths()).map(({ name }) => name)).toEqual(months);
    const stored = await rowsOf("audit_events");
    expect(Number(stored[0]?.seq)).toBe(10);
    expect(stored.filter(({ action }) => action === "audit.detach")).toHaveLength(3);
    expect(await verifyAuditTrail()).toMatchObject({ firstSeq: 10, brokenAt: null });
    expect(await verifyAuditTrail({ notedHead: head })).toMatchObject({ brokenAt: null });
    expect(await pruneTrail()).toEqual([]);
  });

  test("leaves an anchor that cannot be moved", async () => {
    const moved = [
      "update audit_anchors set last_seq = 12, last_hash = (select hash from audit_events where seq = 12) where name = 'audit_events_2020_03'",
      "delete from audit_events where seq <= 12",
    ];
    const found = await whileTamperedWith(moved, verifyAuditTrail);
    expect(found).toMatchObject({ problem: "anchor" });
    expect(await verifyAuditTrail()).toMatchObject({ brokenAt: null });
  });

  test("drops a month only after its export, unless it is forced", async () => {
    const month = "audit_events_2020_01";
    const early = dropMonth(operatorActor(), month, { isForced: false });
    expect((await refusalOf(early)).code).toBe("conflict");
    let text = "";
    for await (const chunk of exportMonth(month)) text += chunk;
    const lines = text.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).number)).toEqual([1, 2, 3]);
    await dropMonth(operatorActor(), month, { isForced: false });
    await dropMonth(operatorActor(), "audit_events_2020_02", { isForced: true });
    const again = dropMonth(operatorActor(), month, { isForced: true });
    expect((await refusalOf(again)).code).toBe("notFound");
    expect((await rowsOf("audit_events")).at(-1)).toMatchObject({
      action: "audit.drop",
      actor_name: "system:operator",
    });
    expect(await verifyAuditTrail()).toMatchObject({ firstSeq: 10, brokenAt: null });
  });
});
