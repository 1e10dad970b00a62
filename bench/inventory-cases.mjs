const SORTS = [
  "name",
  "description",
  "kind",
  "state",
  "expires",
  "last-used",
  "created",
  "owner",
  "risk",
];

/** Every filter by itself, with common and with rare values. */
export const FILTERS = {
  "no sign-ins": "",
  everything: "kind=all",
  "sign-ins": "kind=session",
  "a rare kind": "kind=backup",
  active: "state=active",
  live: "state=live",
  "expires soon": "state=expires-soon",
  expired: "state=expired",
  disabled: "state=disabled",
  "ends within a day": "expires=1d",
  "ends within 30 days": "expires=30d",
  "ends later than 80 days": "expires=>80d",
  "never ends": "expires=never",
  "used within a day": "used=1d",
  "used within 30 days": "used=30d",
  "unused for 30 days": "used=not-30d",
  "unused for 90 days": "used=not-90d",
  "unused for a year": "used=not-365d",
  "never used": "used=never",
  "created within a day": "created=1d",
  "created within 30 days": "created=30d",
  "created longer ago than a year": "created=>365d",
  "over the maximum": "lifetime=over-max",
  "longer than a year": "lifetime=>365d",
  "of administrators": "role=admin",
  "of verifiers": "role=verifier",
  "of disabled people": "owner-state=disabled",
  "an owner": "owner==ann.1200",
  "many owners": "owner=a",
  "the owner of most": "owner==ann.0",
  "nobody's": "owner=zz",
  "an address": "address=203.1.7.9",
  "a network": "address=203.1.7.0/24",
  "a wide network": "address=10.0.0.0/9",
  "a common word": "q=deploy",
  "a rarer word": "q=billing 123",
  "one description": "q=999999",
  "no such word": "q=nothing has this",
  "an owner's name": "q=ann.1200",
  "two letters": "q=de",
};

const ENCODED = (query) =>
  Object.fromEntries(
    query.split("&").flatMap((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [] : [[pair.slice(0, at), pair.slice(at + 1)]];
    }),
  );

/** Search parameters of each filter in each order, both ways. */
export function singles() {
  return Object.entries(FILTERS).flatMap(([name, query]) =>
    SORTS.flatMap((sort) =>
      ["", "-"].map((way) => ({
        name: `${name}, by ${way}${sort}`,
        params: { ...ENCODED(query), sort: `${way}${sort}` },
      })),
    ),
  );
}

/** Every order by itself, without a filter but that for sign-ins. */
export function orders() {
  return SORTS.flatMap((sort) =>
    ["", "-"].map((way) => ({ name: `by ${way}${sort}`, params: { sort: `${way}${sort}` } })),
  );
}

/** Three filters at once, drawn so that every run draws the same ones, each in some order. */
export function triples(count) {
  const random = generator(7);
  const names = Object.keys(FILTERS).filter((name) => FILTERS[name] !== "");
  const cases = [];
  while (cases.length < count) {
    const chosen = Array.from({ length: 3 }, () => names[Math.floor(random() * names.length)]);
    const parameters = chosen.map((name) => Object.keys(ENCODED(FILTERS[name]))[0]);
    if (new Set(parameters).size < 3) continue;
    const sort = (random() < 0.5 ? "-" : "") + SORTS[Math.floor(random() * SORTS.length)];
    const params = Object.assign({}, ...chosen.map((name) => ENCODED(FILTERS[name])), { sort });
    cases.push({ name: `${chosen.join(" + ")}, by ${sort}`, params });
  }
  return cases;
}

function generator(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
