import { afterEach, describe, expect, test } from "vitest";
import { clearSettings } from "@/db/testing/rows";
import { operatorActor } from "../actor";
import { anAdmin, anOwner } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { SETTINGS } from "./definitions";
import { getSetting, lastChanges, listSettings } from "./list";
import { updateSetting } from "./update";

const MAXIMUM = "auth-token-max-ttl-minutes";

afterEach(() => clearSettings());

describe("the settings", () => {
  test("are all there with their defaults while nobody has changed one", async () => {
    const settings = await listSettings(await anAdmin());
    expect(settings.map(({ name }) => name)).toEqual(Object.keys(SETTINGS));
    for (const { name, value, default: usual, resourceVersion, updatedAt } of settings) {
      expect([value, usual]).toEqual([SETTINGS[name].default, SETTINGS[name].default]);
      expect([resourceVersion, updatedAt]).toEqual(["0", null]);
    }
  });

  test("tell who changed each last, and not who tried", async () => {
    const [ann, bob, stranger] = [await anAdmin(), await anAdmin(), await anOwner()];
    await updateSetting(ann, MAXIMUM, { value: "60" });
    await updateSetting(bob, MAXIMUM, { value: "120" });
    await updateSetting(operatorActor(), "password-min-length", { value: "20" });
    await refusalOf(updateSetting(stranger, MAXIMUM, { value: "1" }));
    await refusalOf(updateSetting(ann, MAXIMUM, { value: "soon" }));
    const changes = await lastChanges(ann);
    expect([...changes.keys()].sort()).toEqual([MAXIMUM, "password-min-length"]);
    expect(changes.get(MAXIMUM)?.actorName).toBe(bob.username);
    expect(changes.get("password-min-length")?.actorName).toBe("system:operator");
    const ageMs = Date.now() - (changes.get(MAXIMUM)?.at.getTime() ?? 0);
    expect(Math.abs(ageMs)).toBeLessThan(60_000);
  });

  test("are for admins and the operator alone", async () => {
    for (const role of ["user", "verifier"] as const) {
      const actor = await anOwner({ role });
      for (const look of [listSettings(actor), getSetting(actor, MAXIMUM), lastChanges(actor)]) {
        expect((await refusalOf(look)).code).toBe("forbidden");
      }
    }
    expect((await getSetting(operatorActor(), MAXIMUM)).value).toBe("129600");
    expect((await refusalOf(getSetting(await anAdmin(), "nothing"))).code).toBe("notFound");
  });
});
