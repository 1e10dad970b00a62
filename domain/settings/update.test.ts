import { afterEach, describe, expect, test } from "vitest";
import { auditEventsOf, clearSettings, setSetting, withoutAudit } from "@/db/testing/rows";
import { followChanges } from "@/db/testing/worker-database";
import { operatorActor } from "../actor";
import { anAdmin, anOwner } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { aLinkedAdmin, atBrowser, storedSettings } from "../testing/settings";
import { setUserEnabled } from "../users/set-enabled";
import { getSettings } from "./get";
import { getSetting } from "./list";
import { updateSetting } from "./update";

const OPERATOR = operatorActor();
const MAXIMUM = "auth-token-max-ttl-minutes";
const TOTAL = "auth-user-session-ttl-minutes";
const IDLE = "auth-user-session-idle-ttl-minutes";
const ROUNDS = 20;

afterEach(() => clearSettings());

const outcomesOf = async (work: Promise<unknown>[]) =>
  (await Promise.allSettled(work)).map((outcome) =>
    outcome.status === "fulfilled" ? "done" : outcome.reason.code,
  );

describe("a changed setting", () => {
  test("is in force at once, and has one event with both values", async () => {
    const admin = await anAdmin();
    const changed = await updateSetting(admin, MAXIMUM, { value: " 43200 " });
    expect(changed).toMatchObject({ name: MAXIMUM, value: "43200", default: "129600" });
    expect(changed.updatedAt).toBeInstanceOf(Date);
    expect(await getSetting(admin, MAXIMUM)).toEqual(changed);
    expect((await getSettings()).ttlMsMax).toBe(43_200 * 60_000);
    const events = await auditEventsOf({ actorId: admin.userId });
    expect(events).toMatchObject([
      {
        action: "setting.update",
        objectKind: "setting",
        objectName: MAXIMUM,
        before: { value: "129600" },
        after: { value: "43200" },
      },
    ]);
    expect(changed.resourceVersion).toBe(String(events[0]?.seq));
  });

  test("that another process has changed is in force here within two seconds", async () => {
    await followChanges();
    expect((await getSettings()).ttlMsMax).toBe(129_600 * 60_000);
    for (const minutes of [60, 120, 180]) {
      await setSetting(MAXIMUM, String(minutes));
      await expect
        .poll(async () => (await getSettings()).ttlMsMax, { timeout: 2_000, interval: 10 })
        .toBe(minutes * 60_000);
    }
  });

  test("gets its default back by an empty value, and keeps its own by none", async () => {
    const admin = await anAdmin();
    await updateSetting(admin, MAXIMUM, { value: "60" });
    expect((await updateSetting(admin, MAXIMUM, {})).value).toBe("60");
    expect((await updateSetting(admin, MAXIMUM, { value: null })).value).toBe("60");
    expect((await updateSetting(admin, MAXIMUM, { value: "" })).value).toBe("129600");
    expect(await auditEventsOf({ actorId: admin.userId })).toHaveLength(2);
  });

  test("is not stored by a dry run, nor without its event", async () => {
    const admin = await anAdmin();
    const dryRun = await updateSetting(admin, MAXIMUM, { value: "60" }, { dryRun: true });
    expect(dryRun.value).toBe("60");
    const change = () => updateSetting(admin, MAXIMUM, { value: "60" });
    await expect(withoutAudit(change)).rejects.toMatchObject({ code: "queryFailed" });
    expect(await storedSettings()).toEqual({});
  });
});

describe("a change is refused", () => {
  test("to everybody but admins and the operator, and recorded", async () => {
    for (const role of ["user", "verifier"] as const) {
      const actor = await anOwner({ role });
      const refusal = await refusalOf(updateSetting(actor, MAXIMUM, { value: "60" }));
      expect(refusal.code).toBe("forbidden");
      expect(await auditEventsOf({ actorId: actor.userId })).toMatchObject([
        { action: "setting.update", outcome: "denied", objectName: MAXIMUM },
      ]);
    }
    expect(await storedSettings()).toEqual({});
    expect((await updateSetting(OPERATOR, MAXIMUM, { value: "60" })).value).toBe("60");
  });

  test("at a browser without a recent proof", async () => {
    const work = updateSetting(atBrowser(await anAdmin()), MAXIMUM, { value: "60" });
    expect((await refusalOf(work)).code).toBe("proofRequired");
    expect(await storedSettings()).toEqual({});
  });

  test.each(["nothing", "constructor", "", "x\u0000"])("of %j, which is none", async (name) => {
    const refusal = await refusalOf(updateSetting(OPERATOR, name, { value: "60" }));
    expect(refusal).toMatchObject({ code: "notFound", missing: "setting" });
  });

  test.each([
    [MAXIMUM, "-2"],
    [MAXIMUM, "525600001"],
    [MAXIMUM, "1.5"],
    [MAXIMUM, "ninety"],
    [MAXIMUM, 60],
    [MAXIMUM, "1".repeat(65)],
    [TOTAL, "0"],
    ["password-min-length", "7"],
    ["token-retention-days", "0"],
    ["tokens-may-create-tokens", "yes"],
    ["local-sign-in", "FALSE"],
  ])("of %s to %j, at its field", async (name, value) => {
    const refusal = await refusalOf(updateSetting(OPERATOR, name, { value }));
    expect(refusal).toMatchObject({ code: "invalid", fields: [{ path: "value" }] });
    expect(await storedSettings()).toEqual({});
  });

  test("to an idle limit above the lifetime of a sign-in, from either side", async () => {
    await updateSetting(OPERATOR, IDLE, { value: "60" });
    await updateSetting(OPERATOR, TOTAL, { value: "120" });
    const idle = await refusalOf(updateSetting(OPERATOR, IDLE, { value: "121" }));
    expect(idle.fields[0]?.message).toBe(`must not be above ${TOTAL}, which is 120`);
    const total = await refusalOf(updateSetting(OPERATOR, TOTAL, { value: "59" }));
    expect(total.fields[0]?.message).toBe(`must not be below ${IDLE}, which is 60`);
    // The default of the idle limit is above this lifetime, too.
    expect((await refusalOf(updateSetting(OPERATOR, IDLE, { value: "" }))).code).toBe("invalid");
  });

  test("to no passwords at all, while no administrator could sign in without one", async () => {
    const off = () => updateSetting(OPERATOR, "local-sign-in", { value: "false" });
    expect((await refusalOf(off())).fields[0]?.path).toBe("value");
    const linked = await aLinkedAdmin();
    await setUserEnabled(OPERATOR, { username: linked.username, enabled: false });
    expect((await refusalOf(off())).code).toBe("invalid");
    await setUserEnabled(OPERATOR, { username: linked.username, enabled: true });
    expect((await off()).value).toBe("false");
    const last = setUserEnabled(OPERATOR, { username: linked.username, enabled: false });
    expect((await refusalOf(last)).code).toBe("forbidden");
    await clearSettings();
    await setUserEnabled(OPERATOR, { username: linked.username, enabled: false });
  });
});

describe("of two changes at once", () => {
  test("with the same version exactly one is made, and the other is told", async () => {
    const admins = [await anAdmin(), await anAdmin()];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { resourceVersion } = await getSetting(OPERATOR, MAXIMUM);
      const outcomes = await outcomesOf(
        admins.map((admin, at) =>
          updateSetting(admin, MAXIMUM, { value: `${round * 10 + at}`, resourceVersion }),
        ),
      );
      expect(outcomes.sort()).toEqual(["conflict", "done"]);
    }
  });

  test("the idle limit never ends up above the lifetime of a sign-in", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await clearSettings();
      await updateSetting(OPERATOR, IDLE, { value: "100" });
      const outcomes = await outcomesOf([
        updateSetting(OPERATOR, TOTAL, { value: "200" }),
        updateSetting(OPERATOR, IDLE, { value: "300" }),
      ]);
      expect(outcomes.sort()).toEqual(["done", "invalid"]);
    }
  });

  test("nobody is left who could sign in is never what comes out", async () => {
    const { username } = await aLinkedAdmin();
    for (let round = 0; round < ROUNDS; round += 1) {
      await clearSettings();
      await setUserEnabled(OPERATOR, { username, enabled: true });
      const outcomes = await outcomesOf([
        updateSetting(OPERATOR, "local-sign-in", { value: "false" }),
        setUserEnabled(OPERATOR, { username, enabled: false }),
      ]);
      expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    }
    await clearSettings();
    await setUserEnabled(OPERATOR, { username, enabled: false });
  });
});
