import { expect, test } from "vitest";
import { ageToken, clearSettings, setSetting, stampUse } from "@/db/testing/rows";
import type { UserActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { setUserEnabled } from "../users/set-enabled";
import { currentSession, listSessions } from "./list";

const HOUR_MS = 60 * 60 * 1_000;
const ALL = { size: 100 };

async function aSession(owner: UserActor, input: Record<string, unknown> = {}): Promise<string> {
  return (await aToken(owner, { kind: "session", ...input })).name;
}

async function signedIn(): Promise<UserActor> {
  const owner = await anOwner();
  return { ...owner, tokenName: await aSession(owner) };
}

const namesOf = ({ sessions }: { sessions: { name: string }[] }) =>
  sessions.map(({ name }) => name);

test("one's own list is the other sign-ins that work; the present one is asked for by itself", async () => {
  const owner = await signedIn();
  const other = await aSession(owner);
  await aToken(owner);
  await aSession(await anOwner());
  expect(namesOf(await listSessions(owner, { scope: "own" }, ALL))).toEqual([other]);
  expect(await currentSession(owner)).toMatchObject({ name: owner.tokenName, current: true });
});

test("what is expired, idle, disabled or of a disabled user is not listed", async () => {
  const owner = await signedIn();
  const [live, expired, disabled, idle] = [
    await aSession(owner),
    await aSession(owner, { ttlMs: HOUR_MS }),
    await aSession(owner, { enabled: false }),
    await aSession(owner),
  ];
  await ageToken(expired, 2 * HOUR_MS);
  await ageToken(idle, 3 * HOUR_MS);
  await ageToken(live, 3 * HOUR_MS);
  await stampUse(live, new Date());
  await setSetting("auth-user-session-idle-ttl-minutes", "60");
  try {
    expect(namesOf(await listSessions(owner, { scope: "own" }, ALL))).toEqual([live]);
  } finally {
    await clearSettings();
  }
  expect([expired, disabled]).toHaveLength(2);
  const gone = await signedIn();
  const admin = await anAdmin();
  await setUserEnabled(admin, { username: gone.username, enabled: false });
  const filter = { scope: "all", owner: gone.username } as const;
  expect(namesOf(await listSessions(admin, filter, ALL))).toEqual([]);
});

test("only an admin sees everybody's, and can look for an owner by the start of the name", async () => {
  const [one, two, admin] = [await signedIn(), await signedIn(), await anAdmin()];
  const everybody = namesOf(await listSessions(admin, { scope: "all" }, { size: 200 }));
  expect(everybody).toEqual(expect.arrayContaining([one.tokenName, two.tokenName]));
  const ofOne = { scope: "all", owner: one.username.toUpperCase() } as const;
  expect(await listSessions(admin, ofOne, ALL)).toMatchObject({
    sessions: [{ name: one.tokenName, ownerName: one.username }],
  });
  const ofTwo = { scope: "all", owner: two.username } as const;
  expect(namesOf(await listSessions(one, ofTwo, ALL))).toEqual([]);
  expect(namesOf(await listSessions(one, { scope: "all" }, ALL))).toEqual([one.tokenName]);
});

test("pages follow each other forth and back without a gap, those that end last first", async () => {
  const owner = await signedIn();
  const hours = [3, 1, 5, 2, 4];
  const made = new Map<number, string>();
  for (const hour of hours) made.set(hour, await aSession(owner, { ttlMs: hour * HOUR_MS }));
  const wanted = [5, 4, 3, 2, 1].map((hour) => made.get(hour));
  const page = (cursors: { after?: string | null; before?: string | null }) =>
    listSessions(
      owner,
      { scope: "own", after: cursors.after ?? undefined, before: cursors.before ?? undefined },
      { size: 2 },
    );
  const first = await page({});
  const second = await page({ after: first.next });
  const third = await page({ after: second.next });
  expect([first, second, third].flatMap(namesOf)).toEqual(wanted);
  expect([first.previous, third.next]).toEqual([null, null]);
  const back = await page({ before: third.previous });
  expect(namesOf(back)).toEqual(namesOf(second));
  expect(namesOf(await page({ before: back.previous }))).toEqual(namesOf(first));
});

test("a cursor that is none gives the first page", async () => {
  const owner = await signedIn();
  const other = await aSession(owner);
  const bad = ["", "x", "W10", Buffer.from('["now()","1"]').toString("base64url"), "\u0000"];
  for (const after of bad) {
    expect(namesOf(await listSessions(owner, { scope: "own", after }, ALL))).toEqual([other]);
  }
});
