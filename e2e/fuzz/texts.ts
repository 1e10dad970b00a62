import fc from "fast-check";

// Whatever a person could paste, or somebody else send.
const TEXTS = [
  "",
  " ",
  "\u0000",
  "\ud800",
  "\u202egpj.exe",
  "\u200b\u200d\ufeff",
  "👩‍👩‍👧‍👦 e\u0301",
  "\r\nSet-Cookie: a=b",
  "\u2028</script><script>alert(1)</script>",
  "'; drop table tokens; --",
  "%00%zz",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "true",
  "-1",
  "1e308",
  "9007199254740993",
  "0000-00-00T00:00:00Z",
  "99999999999999999999",
  "x".repeat(5_000),
  "(".repeat(300),
  "a:b c:d -e:f owner-state:",
  'description:"unclosed',
];

// As React writes what is no JSON: names of what comes beside it, of functions, of streams, of none.
const REFERENCES =
  "$ $$ $undefined $NaN $Infinity $-0 $n12 $n1e5 $Dnever $D0 $K1 $K9 $Q1 $W1 $i1 $@0 $@9 $F0 $F9 $h0 $B9 $A9 $O9 $R9 $r9 $X9 $T $0 $0:__proto__ $1:constructor:constructor $a:b:c $:".split(
    " ",
  );

export const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 60 }) },
);

/** What nobody's component passes as an argument, but a program can. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  { weight: 2, arbitrary: fc.constantFrom(...REFERENCES) },
  { weight: 2, arbitrary: fc.constantFrom(null, true, -1, 1e308, 2 ** 53, [], {}, [[]], [{}]) },
  { weight: 2, arbitrary: fc.jsonValue({ stringUnit: "binary", maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      JSON.parse('{"__proto__":{"status":"done"}}'),
      JSON.parse('{"then":"$F0","toString":1,"constructor":{"prototype":1}}'),
      JSON.parse(`${"[".repeat(500)}${"]".repeat(500)}`),
    ),
  },
);

const PARAMETERS =
  "q kind state owner owner-state used unused expires created sort view after before cursor page limit ip risk action actor outcome since until from to value callbackUrl error role enabled query tab token compare format columns __proto__ _rsc".split(
    " ",
  );

/** What may stand behind the question mark of an address. */
export const hostileQuery: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(
        fc.tuple(
          fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PARAMETERS) }, hostileText),
          fc.oneof(
            hostileText,
            fc.constantFrom("all", "never", "90d", "active", "name", "-created"),
          ),
        ),
        { minLength: 1, maxLength: 5 },
      )
      .map((pairs) => new URLSearchParams(pairs).toString().slice(0, 8_000)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("&&=&", "%zz=%", "%ff=%ff", "a[]=b&a[b]=c", "q=%00", "?"),
  },
);

/** Texts that a field of a page takes as they are typed. */
export function typeable(count: number, seed: number): string[] {
  const text = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
    .map((of) => of.replaceAll(/\p{Cc}/gu, "").trim())
    .filter((of) => of !== "" && of.isWellFormed());
  return fc.sample(text, { numRuns: count, seed });
}
