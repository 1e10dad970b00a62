import fc from "fast-check";
import { Raw } from "./json-text";

const TEXTS = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udc00x",
  "\u202egpj.exe",
  "\u200b\u200d\ufeff",
  "👩‍👩‍👧‍👦",
  "e\u0301 é",
  "\r\nSet-Cookie: a=b",
  "\u001b[31m",
  "\u2028\u2029",
  "<script>alert(1)</script>",
  "'; drop table tokens; --",
  "%00",
  "..%2f..%2f",
  "=1+1",
  "__proto__",
  "constructor",
  "NaN",
  "1e9",
  "0x10",
  "-1",
  "null",
  "0000-00-00T00:00:00Z",
  "+275760-09-13T00:00:00.001Z",
  "x".repeat(1_025),
  "😀".repeat(1_025),
  "a,".repeat(500),
  "(".repeat(500),
];

// What a number of JavaScript cannot hold, or not as it is written.
const NUMBERS = ["1e308", "-1e308", "1e999", "-0", "9007199254740993", "0.1", "9".repeat(400)];

const STRUCTURES = [
  "[".repeat(2_000) + "]".repeat(2_000),
  `${'{"a":'.repeat(2_000)}1${"}".repeat(2_000)}`,
  '{"__proto__":{"toString":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"toString":1,"valueOf":1,"toJSON":1,"hasOwnProperty":1,"then":1,"length":-1}',
  '{"a":1,"a":2}',
  '{"\\u0000":"x","\\ud800":"y"}',
  '["a",["b"],{}]',
  "[]",
  "{}",
  "true",
  "null",
];

/** Text that somebody might send to break something. */
export const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 60 }) },
);

/** A JSON value that somebody might send to break something. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  { weight: 2, arbitrary: fc.constantFrom(...NUMBERS).map((text) => new Raw(text)) },
  { weight: 2, arbitrary: fc.constantFrom(...STRUCTURES).map((text) => new Raw(text)) },
  { weight: 1, arbitrary: fc.maxSafeInteger() },
  { weight: 2, arbitrary: fc.jsonValue({ stringUnit: "binary", maxDepth: 3 }) },
);

/** Bytes that are no JSON, or hardly. */
export const hostileBytes: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.constantFrom("", "{", '{"spec":', "nul", "\ufeff{}", "[,]", "{'a':1}", "--- !!js/function x"),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.uint8Array({ maxLength: 200 }),
);
