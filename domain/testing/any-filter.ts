import fc from "fast-check";
import { readAddressFilter } from "../tokens/address-range";
import {
  OWNER_ROLES,
  OWNER_STATES,
  SORT_COLUMNS,
  STATE_FILTERS,
  type TokenFilter,
} from "../tokens/filter";

const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
  .map((value) => value.trim())
  .filter((value) => value !== "" && value !== "=" && !value.includes("\u0000"));

const span = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom("h", "d"))
  .map(([count, unit]) => `${count}${unit}`);

const day = fc
  .date({ min: new Date("1970-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const days = fc.oneof(
  day,
  day.map((at) => `<${at}`),
  day.map((at) => `>${at}`),
  fc.tuple(day, day).map((ends) => ends.toSorted().join("..")),
);

const longer = span.map((value) => `>${value}`);

const address = fc
  .oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map((parts) => parts.join("/")),
    fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map((parts) => parts.join("/")),
  )
  .map(readAddressFilter)
  .filter((value) => value !== undefined);

/** Any filter at all in its canonical form. */
export const anyFilter: fc.Arbitrary<TokenFilter> = fc
  .record(
    {
      search: text,
      owner: fc.oneof(
        text,
        text.map((name) => `=${name}`),
      ),
      ownerRole: fc.constantFrom(...OWNER_ROLES),
      ownerState: fc.constantFrom(...OWNER_STATES),
      kind: text,
      state: fc.constantFrom(...STATE_FILTERS),
      expiry: fc.oneof(fc.constant("never"), span, longer, days),
      created: fc.oneof(span, longer, days),
      lastUse: fc.oneof(
        fc.constant("never"),
        span,
        span.map((value) => `not-${value}`),
        days,
      ),
      lifetime: fc.oneof(fc.constant("over-max"), longer),
      address,
      sort: fc.constantFrom(...SORT_COLUMNS),
      descending: fc.boolean(),
      after: text,
      before: text,
    },
    { requiredKeys: ["sort", "descending"] },
  )
  .map((filter) => filter as TokenFilter);
