import { spanText } from "../time";

type Fields = Record<string, unknown> | null;

// Only where the name of the field says less than it could.
const LABELS: Record<string, string> = {
  ttlMs: "lifetime",
  displayName: "display name",
  expiresAt: "expires",
};

/** What an event says of before and after, field by field; what differs is marked in words too. */
export function EventChanges({ before, after }: { before: Fields; after: Fields }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) {
    return <p className="text-muted text-sm">This event carries no fields.</p>;
  }
  return (
    <table className="w-full table-fixed border-collapse text-left text-sm">
      <caption className="sr-only">Fields before and after</caption>
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="w-1/4 py-1.5 pr-3 font-medium">
            Field
          </th>
          {before ? (
            <th scope="col" className="py-1.5 pr-3 font-medium">
              Before
            </th>
          ) : null}
          {after ? (
            <th scope="col" className="py-1.5 font-medium">
              After
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const isChanged =
            before !== null &&
            after !== null &&
            JSON.stringify(before[name]) !== JSON.stringify(after[name]);
          return (
            <tr key={name} className="border-line border-t align-top">
              <th scope="row" className="break-words py-2 pr-3 font-normal text-muted">
                {LABELS[name] ?? name}
              </th>
              {before ? (
                <td className="break-words py-2 pr-3">
                  {isChanged ? (
                    <s className="text-muted">{valueText(name, before[name])}</s>
                  ) : (
                    valueText(name, before[name])
                  )}
                </td>
              ) : null}
              {after ? (
                <td className={`break-words py-2 ${isChanged ? "font-medium" : ""}`}>
                  {valueText(name, after[name])}
                </td>
              ) : null}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function valueText(name: string, value: unknown): string {
  if (value === undefined || value === null) return "–";
  if (name.endsWith("Ms") && typeof value === "number") {
    return value < 0 ? "for ever" : spanText(value);
  }
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value || "(empty)" : JSON.stringify(value, null, 1);
}
