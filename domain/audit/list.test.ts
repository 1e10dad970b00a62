import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "../actor";
import { anAdmin, anOwner, aToken } from "../testing/owners";
import { refusalOf } from "../testing/refusal";
import { deleteToken } from "../tokens/delete";
import { updateToken } from "../tokens/update";
import { exportAuditEvents } from "./export";
import { type AuditFilter, parseAuditFilter } from "./filter";
import { getAuditEvent, listAuditEvents } from "./list";

let [admin, ada, bob]: UserActor[] = [];
let name = "";

const people = () => {
  if (!admin || !ada || !bob) throw new Error("nobody is there");
  return { admin, ada, bob };
};

beforeAll(async () => {
  [admin, ada, bob] = [
    await anAdmin(),
    await anOwner({ username: "Ada" }),
    await anOwner({ username: "bob" }),
  ];
  for (const owner of [ada, bob, ada]) {
    for (let at = 0; at < 7; at += 1) {
      ({ name } = await aToken(owner, { description: "=1+1" }));
      await updateToken({ ...admin, origin: { ...admin.origin, address: `10.0.0.${at}` } }, name, {
        enabled: false,
      });
      if (at % 2 === 0) await deleteToken(owner, name);
    }
  }
  await refusalOf(updateToken(ada, name, { ttlMs: 10 ** 13 }));
}, 60_000);

async function all(filter: AuditFilter, size = 1_000) {
  const page = await listAuditEvents(people().admin, filter, { size });
  return page.events;
}

describe("the list of events", () => {
  test("is for administrators alone", async () => {
    const { ada } = people();
    expect((await refusalOf(listAuditEvents(ada, {}, { size: 10 }))).code).toBe("forbidden");
    expect((await refusalOf(getAuditEvent(ada, 1))).code).toBe("forbidden");
    expect((await refusalOf(exportAuditEvents(ada, {}, "csv"))).code).toBe("forbidden");
  });

  test("equals a filter in memory, for every filter and any two of them", async () => {
    const { ada, bob } = people();
    const everything = await all({});
    type Event = (typeof everything)[number];
    const cases: [AuditFilter, (event: Event) => boolean][] = [
      [{ actor: "ADA" }, (event) => event.actorName === "Ada"],
      [{ actor: bob.userId }, (event) => event.actorId === bob.userId],
      [{ owner: "ada" }, (event) => event.ownerId === ada.userId],
      [{ owner: bob.userId }, (event) => event.ownerId === bob.userId],
      [{ object: name }, (event) => event.objectName === name],
      [{ action: "token.update" }, (event) => event.action === "token.update"],
      [{ outcome: "denied" }, (event) => event.outcome === "denied"],
      [{ address: "10.0.0.3" }, (event) => event.address === "10.0.0.3"],
      [{ request: "request-1" }, (event) => event.requestId === "request-1"],
      [{ since: "1h" }, () => true],
      [{ from: new Date(Date.now() + 60_000) }, () => false],
      [{ to: everything[5]?.at ?? new Date() }, (event) => event.at < (everything[5]?.at ?? 0)],
    ];
    for (const [filter, meets] of cases) {
      for (const [other, meetsOther] of cases) {
        const expected = everything.filter((event) => meets(event) && meetsOther(event));
        // The second wins where both are of the same kind.
        const both = { ...filter, ...other };
        const isSame = Object.keys(both).length < 2;
        const wanted = isSame ? everything.filter(meetsOther) : expected;
        expect((await all(both)).map(({ seq }) => seq)).toEqual(wanted.map(({ seq }) => seq));
      }
    }
  });

  test("read page by page, there and back, is the same list", async () => {
    const { admin } = people();
    const filter: AuditFilter = { owner: "ada" };
    const whole = (await all(filter)).map(({ seq }) => seq);
    const there: number[] = [];
    let page = await listAuditEvents(admin, filter, { size: 4 });
    expect(page.newer).toBeNull();
    for (;;) {
      there.push(...page.events.map(({ seq }) => seq));
      if (!page.older) break;
      page = await listAuditEvents(admin, { ...filter, after: page.older }, { size: 4 });
    }
    expect(there).toEqual(whole);
    const back: number[] = [];
    for (;;) {
      back.unshift(...page.events.map(({ seq }) => seq));
      if (!page.newer) break;
      page = await listAuditEvents(admin, { ...filter, before: page.newer }, { size: 4 });
    }
    expect(back).toEqual(whole);
  });

  test("knows people by name, and by id when they are gone", async () => {
    const [event] = await all({ owner: "bob", action: "token.create" });
    expect(event).toMatchObject({ ownerName: "bob", actorName: "bob", subjectName: null });
    expect(await getAuditEvent(people().admin, event?.seq ?? 0)).toEqual(event);
    const missing = await refusalOf(getAuditEvent(people().admin, 1_000_000));
    expect(missing.code).toBe("notFound");
    expect(await all({ owner: "nobody-of-that-name" })).toEqual([]);
  });
});

describe("an export", () => {
  async function textOf(filter: AuditFilter, format: "csv" | "jsonl") {
    const { chunks } = await exportAuditEvents(people().admin, filter, format);
    let text = "";
    for await (const chunk of chunks) text += chunk;
    return text;
  }

  test("as JSON lines has every event of the list, with the filter and the time on top", async () => {
    const { filter } = parseAuditFilter({ owner: "ada", action: "token.update" });
    const events = await all(filter);
    const [head, ...lines] = (await textOf(filter, "jsonl"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(head).toMatchObject({
      kind: "AuditExport",
      filter: { owner: "ada", action: "token.update" },
      exportedAt: expect.stringMatching(/^2\d{3}-/),
    });
    expect(lines.map(({ number }) => number)).toEqual(events.map(({ seq }) => seq));
    expect(lines[0]).toMatchObject({ after: events[0]?.after, hash: events[0]?.hash });
  });

  test("as CSV says the same, and holds no formula", async () => {
    const events = await all({ owner: "ada" });
    const csv = await textOf({ owner: "ada" }, "csv");
    const lines = csv.split("\r\n");
    expect(lines[0]).toMatch(
      /^\uFEFF"Audit events of Latchkey, exported at .* filter: \?owner=ada/,
    );
    expect(lines[1]).toMatch(/^"number","time","actor",/);
    expect(lines).toHaveLength(events.length + 3);
    expect(csv).not.toMatch(/(^|,)"?[=+@\t\r-]/m);
  });

  test("is an event itself, which it does not hold", async () => {
    const text = await textOf({}, "jsonl");
    const [newest] = await all({ action: "audit.export" });
    expect(newest).toMatchObject({
      actorName: people().admin.username,
      after: { format: "jsonl" },
    });
    expect(text).not.toContain(`"number":${newest?.seq},`);
  });
});
