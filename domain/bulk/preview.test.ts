import { expect, test } from "vitest";
import { stampUse } from "@/db/testing/rows";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { disableUser, moveBack } from "../testing/situations";
import { getToken } from "../tokens/get";
import { updateToken } from "../tokens/update";
import { previewBulk } from "./preview";

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

test("counts what is in use, an administrator's, done already or missing, and names the dangerous", async () => {
  const [admin, owner, left] = [await anAdmin(), await anOwner(), await anOwner()];
  const used = await aToken(owner, { description: "deploys" });
  const [idle, done] = [await aToken(owner), await aToken(owner)];
  const [adminsOwn, leftBehind] = [await aToken(admin), await aToken(left)];
  await stampUse(used.name, new Date(Date.now() - HOUR_MS));
  await stampUse(idle.name, new Date(Date.now() - 30 * HOUR_MS));
  await updateToken(owner, done.name, { enabled: false });
  await disableUser(left);
  const names = [used, idle, done, adminsOwn, leftBehind].map(({ name }) => name);
  const wanted = { scope: "all", action: "disable", names: [...names, "token-unheardof"] };
  const preview = await previewBulk({ ...admin, tokenName: adminsOwn.name }, wanted);
  const exactly = (count: number) => ({ count, isMore: false });
  expect(preview).toMatchObject({
    total: exactly(5),
    missing: 1,
    same: exactly(1),
    usedLately: exactly(1),
    admins: exactly(1),
    disabledOwners: exactly(1),
    current: exactly(1),
  });
  expect(preview.endangered).toEqual([
    expect.objectContaining({
      name: used.name,
      description: "deploys",
      ownerName: owner.username,
      ownerRole: "user",
    }),
    expect.objectContaining({ name: adminsOwn.name, ownerRole: "admin", lastUsedAt: null }),
  ]);
});

test("tells which an extension would bring back, and which cannot live that long", async () => {
  const [admin, owner] = [await anAdmin(), await anOwner()];
  const [ended, old] = [await aToken(owner, { ttlMs: HOUR_MS }), await aToken(owner)];
  await moveBack(ended.name, 2 * HOUR_MS);
  await moveBack(old.name, 80 * 24 * HOUR_MS);
  const preview = await previewBulk(admin, {
    scope: "all",
    action: "extend",
    names: [ended.name, old.name],
    expiresAt: inHours(20 * 24),
  });
  expect(preview).toMatchObject({ expired: { count: 1 }, aboveMaximum: { count: 1 } });
});

test("counts and names only one's own for whoever is no administrator, and for an administrator who asks so", async () => {
  const [owner, stranger, admin] = [await anOwner(), await anOwner(), await anAdmin()];
  const [own, foreign] = [await aToken(owner), await aToken(stranger)];
  await stampUse(foreign.name, new Date());
  const names = [own.name, foreign.name];
  expect(await previewBulk(owner, { scope: "own", action: "delete", names })).toMatchObject({
    total: { count: 1 },
    missing: 1,
    endangered: [],
  });
  for (const actor of [stranger, admin]) {
    const query = `?owner=${encodeURIComponent(`=${owner.username}`)}`;
    const preview = await previewBulk(actor, { scope: "own", action: "delete", query });
    expect(preview).toMatchObject({ total: { count: 0 }, endangered: [] });
  }
});

test("changes nothing", async () => {
  const owner = await anOwner();
  const { name } = await aToken(owner);
  const before = await getToken(owner, name);
  await previewBulk(owner, { scope: "own", action: "delete", names: [name] });
  expect(await getToken(owner, name)).toEqual(before);
});

test.each([
  ["an unknown action", { action: "revoke" }, "action"],
  ["neither names nor a filter", { names: undefined }, "names"],
  ["both names and a filter", { query: "?kind=ci" }, "names"],
  ["no names", { names: [] }, "names"],
  ["too many names", { names: Array.from({ length: 2_001 }, (_, at) => `token-${at}`) }, "names"],
  ["an unknown scope", { scope: "everything" }, "scope"],
  ["an extension without a time", { action: "shorten" }, "expiresAt"],
  ["a shortening to never", { action: "shorten", expiresAt: "never" }, "expiresAt"],
  ["no time", { action: "shorten", expiresAt: "tomorrow" }, "expiresAt"],
  ["an unknown filter", { names: undefined, query: "?colour=red" }, "query"],
  ["a filter of a value it cannot have", { names: undefined, query: "?state=odd" }, "query"],
  ["a filter given twice", { names: undefined, query: "?kind=a&kind=b" }, "query"],
])("%s is refused, and not read as something else", async (_, wrong, path) => {
  const wanted = { scope: "own", action: "disable", names: ["token-bbbbbbbbbb"], ...wrong };
  const refusal = await refusalOf(previewBulk(await anOwner(), wanted));
  expect(refusal.code).toBe("invalid");
  expect(refusal.fields.map((field) => field.path)).toContain(path);
});
