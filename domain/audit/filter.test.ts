import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from "./actions";
import {
  type AuditFilter,
  auditRestrictions,
  changeAuditFilter,
  parseAuditFilter,
  toAuditQuery,
} from "./filter";

const text = fc
  .string({ minLength: 1, maxLength: 40 })
  .map((value) => value.trim())
  .filter((value) => value !== "" && !value.includes("\u0000"));
const position = fc.record({
  atMs: fc.nat({ max: 9_999_999_999_999 }),
  seq: fc.nat({ max: 1_000_000_000 }),
});
const instant = fc.date({ min: new Date(0), max: new Date("2999-01-01"), noInvalidDate: true });

const filters = fc
  .record(
    {
      actor: text,
      owner: text,
      object: text,
      action: fc.constantFrom(...(Object.keys(AUDIT_ACTIONS) as (keyof typeof AUDIT_ACTIONS)[])),
      outcome: fc.constantFrom(...(Object.keys(AUDIT_OUTCOMES) as (keyof typeof AUDIT_OUTCOMES)[])),
      address: text,
      request: text,
      from: instant,
      to: instant,
      after: position,
    },
    { requiredKeys: [] },
  )
  .map((filter) => filter as AuditFilter);

const read = (query: string) => parseAuditFilter(Object.fromEntries(new URLSearchParams(query)));

describe("the filter of events", () => {
  test("is in its address and nowhere else", () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(read(toAuditQuery(filter))).toEqual({ filter, problems: [] });
      }),
    );
  });

  test.each([
    [{ colour: "red" }, /no filter “colour”/],
    [{ action: "token.eat" }, /“token\.eat” is nothing that action can be/],
    [{ outcome: "maybe" }, /nothing that outcome can be/],
    [{ since: "3w" }, /nothing that since can be/],
    [{ from: "yesterday" }, /nothing that from can be/],
    [{ to: "2026-13-40" }, /nothing that to can be/],
    [{ after: "1-2-3" }, /nothing that after can be/],
    [{ actor: "x".repeat(257) }, /nothing that actor can be/],
    [{ actor: "a\u0000b" }, /nothing that actor can be/],
    [{ actor: ["ada", "bob"] }, /more than once/],
    [{ since: "7d", from: "2026-01-01" }, /“since” was left out/],
    [{ toString: "x" }, /no filter “toString”/],
  ])("tells of what it cannot understand: %j", (params, problem) => {
    const { problems } = parseAuditFilter(params);
    expect(problems.join(" ")).toMatch(problem);
  });

  test("throws at nothing", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))),
        (given) => {
          parseAuditFilter(given);
        },
      ),
    );
  });

  test("takes a day, a minute, a second and a zone, and without one UTC", () => {
    const from = (given: string) => parseAuditFilter({ from: given }).filter.from?.toISOString();
    expect(from("2026-11-24")).toBe("2026-11-24T00:00:00.000Z");
    expect(from("2026-11-24T13:05")).toBe("2026-11-24T13:05:00.000Z");
    expect(from("2026-11-24T13:05:06+02:00")).toBe("2026-11-24T11:05:06.000Z");
  });

  test("changed, begins with its first page", () => {
    const { filter } = read("?actor=ada&action=token.create&after=1-2");
    const changed = changeAuditFilter(filter, { actor: undefined, outcome: "denied" });
    expect(toAuditQuery(changed)).toBe("?action=token.create&outcome=denied");
    expect(auditRestrictions(changed).map(({ name }) => name)).toEqual(["action", "outcome"]);
  });
});
