import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "@/domain/actor";
import { DomainError } from "@/domain/errors";
import { anOwner, aToken } from "@/domain/testing/owners";
import { listCollection } from "@/domain/tokens/list-collection";
import { isSelected, type TokenSelection } from "@/domain/tokens/selection";
import type { Token } from "@/domain/tokens/token";
import { parseFieldSelector } from "./field-selector";
import { parseLabelSelector } from "./label-selector";
import { TOKEN_FIELDS } from "./token-selection";

const KEYS = ["team", "tier", "example.com/app", "x"];
const VALUES = ["a", "b", "1", "", "A.b-c_d"];

const key = fc.constantFrom(...KEYS);
const value = fc.constantFrom(...VALUES);
const space = fc.constantFrom("", " ", "  ");

/** A requirement as text, and what it says. */
const labelRequirement = fc
  .tuple(
    key,
    fc.constantFrom("=", "==", "!=", "in", "notin", "", "!"),
    fc.array(value, { minLength: 1, maxLength: 3 }),
    space,
  )
  .map(([label, operator, values, gap]) => {
    const on = { label };
    const [first = ""] = values;
    switch (operator) {
      case "":
        return { text: label, requirement: { on, operator: "exists" as const } };
      case "!":
        return { text: `!${gap}${label}`, requirement: { on, operator: "absent" as const } };
      case "in":
      case "notin": {
        const text = `${label} ${operator} ${gap}(${gap}${values.join(`${gap},${gap}`)}${gap})`;
        const says = operator === "in" ? ("in" as const) : ("notIn" as const);
        return { text, requirement: { on, operator: says, values } };
      }
      default: {
        const text = `${label}${gap}${operator}${gap}${first}`;
        const says = operator === "!=" ? ("notIn" as const) : ("in" as const);
        return { text, requirement: { on, operator: says, values: [first] } };
      }
    }
  });

const fieldRequirement = fc.record({
  on: fc.constantFrom({ field: "kind" }, { field: "enabled" }, { field: "name" } as const),
  operator: fc.constantFrom("in", "notIn"),
  values: fc.array(fc.constantFrom("ci", "", "true", "false", "perhaps", "\u0000"), {
    maxLength: 2,
  }),
});

describe("a selector", () => {
  test("of labels says what its text says, whatever the spaces", () => {
    const selector = fc.array(labelRequirement, { maxLength: 4 });
    fc.assert(
      fc.property(selector, space, (requirements, gap) => {
        const text = requirements.map((part) => part.text).join(`${gap},${gap}`);
        expect(parseLabelSelector(text)).toEqual(requirements.map((part) => part.requirement));
      }),
      { numRuns: 1_000 },
    );
  });

  test("of fields says what its text says, with every character of a value", () => {
    const escaped = (text: string) => text.replaceAll(/[\\,=]/g, "\\$&");
    const term = fc.tuple(fc.constantFrom("=", "==", "!="), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(fc.array(term, { maxLength: 3 }), (terms) => {
        const text = terms.map(([operator, is]) => `spec.kind${operator}${escaped(is)}`).join(",");
        const said = parseFieldSelector(text, TOKEN_FIELDS).map((part) => [
          part.operator,
          "values" in part ? part.values[0] : null,
        ]);
        expect(said).toEqual(
          terms.map(([operator, is]) => [operator === "!=" ? "notIn" : "in", is]),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test("of any text is read or refused as a bad request, and quickly", () => {
    const parts = fc.constantFrom(
      "a",
      "=",
      "==",
      "!",
      "in",
      "notin",
      "(",
      ")",
      ",",
      " ",
      "/",
      "\\",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(parts).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(text, (any) => {
        const parseFields = (selector: string) => parseFieldSelector(selector, TOKEN_FIELDS);
        for (const parse of [parseLabelSelector, parseFields]) {
          try {
            parse(any);
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
            expect(error).toMatchObject({ code: "badRequest" });
          }
        }
      }),
      { numRuns: 2_000 },
    );
    const startedMs = performance.now();
    expect(parseLabelSelector(`a in (${"b,".repeat(5_000)})`)).toHaveLength(1);
    expect(parseFieldSelector("metadata.name=a\\,,".repeat(1_000), TOKEN_FIELDS)).toHaveLength(
      1_000,
    );
    expect(performance.now() - startedMs).toBeLessThan(500);
  });
});

describe("the database", () => {
  let owner: UserActor;
  let tokens: Token[];

  async function selected(selection: TokenSelection): Promise<Token[]> {
    const all: Token[] = [];
    const { parts } = await listCollection(owner, { selection, limit: 0 });
    for await (const part of parts) all.push(...part);
    return all;
  }

  beforeAll(async () => {
    owner = await anOwner();
    for (let at = 0; at < 40; at += 1) {
      const labels = Object.fromEntries(
        KEYS.flatMap((name, which) => {
          const is = VALUES[(at * (which + 3) + (at >> which)) % (VALUES.length + 1)];
          return is === undefined ? [] : [[name, is]];
        }),
      );
      const kind = at % 3 === 0 ? "ci" : "";
      const { name } = await aToken(owner, { labels, kind, enabled: at % 4 !== 0 });
      owner = { ...owner, tokenName: name };
    }
    tokens = await selected([]);
  });

  test("selects the tokens that a watch selects", async () => {
    const requirement = fc.oneof(
      labelRequirement.map((part) => part.requirement),
      fieldRequirement,
    ) as fc.Arbitrary<TokenSelection[number]>;
    await fc.assert(
      fc.asyncProperty(fc.array(requirement, { maxLength: 3 }), async (selection) => {
        const expected = tokens.filter((token) => isSelected(selection, token));
        const names = (await selected(selection)).map((token) => token.name);
        expect(names).toEqual(expected.map((token) => token.name));
      }),
      { numRuns: 200 },
    );
    expect(tokens).toHaveLength(40);
  });
});
