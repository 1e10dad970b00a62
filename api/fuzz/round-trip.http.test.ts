import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { measured, seed, times } from "@/prove/proof";
import { aCaller, type Caller, TOKENS, USERS } from "../testing/client";
import { hostileText } from "./hostile";

const CASES = times({ quick: 60, full: 5_000 });
const RUNS = { numRuns: CASES, seed: seed() };

let admin: Caller;
let caller: Caller;
beforeAll(async () => {
  [admin, caller] = [await aCaller({ role: "admin" }), await aCaller()];
});

// The names that every object of JavaScript has are as good as any other.
const key = fc.oneof(
  fc.constantFrom("constructor", "toString", "hasOwnProperty", "valueOf", "a/then", "length", "0"),
  fc.stringMatching(/^([a-z]{1,5}(\.[a-z]{1,3})?\/)?[A-Za-z0-9]([-\w.]{0,9}[A-Za-z0-9])?$/),
);
const labels = fc.dictionary(key, fc.stringMatching(/^([A-Za-z0-9]([-\w.]{0,9}[A-Za-z0-9])?)?$/), {
  maxKeys: 4,
  noNullPrototype: true,
});
const annotations = fc.dictionary(key, hostileText, { maxKeys: 4, noNullPrototype: true });

test("what a token's description, labels and annotations are is what was sent, or nothing is stored and the field named", async () => {
  let stored = 0;
  await fc.assert(
    fc.asyncProperty(hostileText, labels, annotations, async (description, own, notes) => {
      const metadata = { labels: own, annotations: notes };
      const answer = await caller.send("POST", TOKENS, {
        body: { metadata, spec: { description } },
      });
      const bad = [
        ...(isStorable(description, 1_024) ? [] : ["spec.description"]),
        ...Object.keys(notes)
          .filter((name) => !isStorable(notes[name] ?? ""))
          .map((name) => `metadata.annotations.${name}`),
      ];
      if (bad.length > 0) {
        expect(answer.status).toBe(422);
        const causes: { field: string }[] = answer.json.details.causes;
        expect([...new Set(causes.map(({ field }) => field))].sort()).toEqual(bad.sort());
        return;
      }
      expect(answer.status).toBe(201);
      stored += 1;
      const path = `${TOKENS}/${answer.json.metadata.name}`;
      await expectStored(path, description, own, notes);
      // And once more by an update of all of it.
      const turned = [...description].reverse().join("");
      const body = {
        metadata: { labels: own, annotations: { note: description } },
        spec: { description: turned },
      };
      expect((await caller.send("PUT", path, { body })).status).toBe(200);
      await expectStored(path, turned, own, { note: description });
      await caller.send("DELETE", path);
    }),
    RUNS,
  );
  expect(stored).toBeGreaterThan(CASES / 5);
  measured(
    "A description, labels and annotations come back exactly as they were sent, on create and on update, or nothing is stored and each bad field is named",
    `${CASES.toLocaleString("en")} tokens, of which ${stored.toLocaleString("en")} could be stored: 0 differed`,
  );
});

test("what a user's display name is is what was sent, or the field is named", async () => {
  const { actor } = await aCaller();
  const path = `${USERS}/${actor.userId}`;
  await fc.assert(
    fc.asyncProperty(hostileText, async (displayName) => {
      const answer = await admin.send("PATCH", path, { body: { displayName } });
      if (answer.status === 422) {
        expect(answer.json.details.causes[0].field).toBe("displayName");
        expect(isStorable(displayName, 128)).toBe(false);
        return;
      }
      expect(answer.status).toBe(200);
      expect((await admin.send("GET", path)).json.displayName).toBe(displayName);
    }),
    RUNS,
  );
});

async function expectStored(path: string, description: string, own: object, notes: object) {
  const { json } = await caller.send("GET", path);
  expect(json.spec.description).toBe(description);
  const server = /^(cattle\.io\/user-id|authn\.management\.cattle\.io\/kind)$/;
  const kept = Object.entries(json.metadata.labels).filter(([name]) => !server.test(name));
  expect(new Map(kept)).toEqual(new Map(Object.entries(own)));
  expect(new Map(Object.entries(json.metadata.annotations ?? {}))).toEqual(
    new Map(Object.entries(notes)),
  );
}

function isStorable(text: string, lengthMax = Number.POSITIVE_INFINITY): boolean {
  return text.isWellFormed() && !text.includes("\u0000") && [...text].length <= lengthMax;
}
