import fc from "fast-check";
import { hostileValue } from "./hostile";
import { isObject, Raw, toText } from "./json-text";

type Place = (string | number)[];

const CHANGES = ["replace", "remove", "wrap", "twice", "rename"] as const;

/** The same value with one thing in it wrong. */
export function mutated(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(values, fc.nat(), fc.constantFrom(...CHANGES), hostileValue)
    .map(([value, at, change, hostile]) => {
      const places = placesIn(value);
      const place = places[at % places.length] ?? [];
      return changed(value, place, (old) => applied(old, change, hostile));
    });
}

const GONE = Symbol("gone");

function applied(old: unknown, change: (typeof CHANGES)[number], hostile: unknown): unknown {
  switch (change) {
    case "replace":
      return hostile;
    case "remove":
      return GONE;
    case "wrap":
      return [old];
    case "twice":
      return isObject(old) ? withTwice(old, hostile) : { value: old };
    case "rename":
      return isObject(old) ? { ...old, unknownField: hostile } : hostile;
  }
}

// One field stands there twice, with another value.
function withTwice(value: Record<string, unknown>, hostile: unknown): Raw {
  const [name = "twice"] = Object.keys(value);
  const text = toText(value);
  const rest = text === "{}" ? "}" : `,${text.slice(1)}`;
  return new Raw(`{${JSON.stringify(name)}:${toText(hostile)}${rest}`);
}

function placesIn(value: unknown, place: Place = []): Place[] {
  const entries = Array.isArray(value)
    ? value.map((of, index) => [index, of] as const)
    : isObject(value)
      ? Object.entries(value)
      : [];
  return [place, ...entries.flatMap(([name, of]) => placesIn(of, [...place, name]))];
}

function changed(value: unknown, place: Place, change: (old: unknown) => unknown): unknown {
  const [name, ...rest] = place;
  if (name === undefined) {
    const made = change(value);
    return made === GONE ? new Raw("") : made;
  }
  const entries = Object.entries(value as object).flatMap(([key, of]) => {
    if (key !== String(name)) return [[key, of] as const];
    const made = rest.length > 0 ? changed(of, rest, change) : change(of);
    return made === GONE ? [] : [[key, made] as const];
  });
  return Array.isArray(value) ? entries.map(([, of]) => of) : Object.fromEntries(entries);
}
