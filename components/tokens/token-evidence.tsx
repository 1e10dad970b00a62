import type { ReactNode } from "react";
import { Instant } from "../instant";
import { Notice } from "../ui/notice";
import type { EvidenceView, SightedView } from "./evidence-view";
import { RiskExplained } from "./risk-explained";
import { Sparkline } from "./sparkline";

// As the score counts them.
const FEW_NETWORKS = 3;

const STATUS = {
  "in use": { text: "In use", note: "used within the last 30 days" },
  idle: { text: "Idle", note: "not used for 30 days" },
  "never used": { text: "Never used", note: "nobody has presented it yet" },
} as const;

/** Who and what uses a token, how often, and how dangerous that makes it. */
export function TokenEvidence({ evidence, now }: { evidence: EvidenceView; now: Date }) {
  const { status, firstUsedAt, lastUsedAt, addresses, userAgents, networks, days, risk } = evidence;
  const all = days.reduce((sum, uses) => sum + uses, 0);
  return (
    <section
      aria-labelledby="evidence"
      className="grid gap-4 rounded-lg border border-line bg-surface px-4 py-3"
    >
      <h2 id="evidence" className="font-medium">
        Use
      </h2>
      {networks > FEW_NETWORKS ? (
        <Notice tone="warning">
          Used from {networks} networks. A token of one program seldom is: check the addresses
          below.
        </Notice>
      ) : null}
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <div>
          <p>
            <span className="font-medium">{STATUS[status].text}</span>{" "}
            <span className="text-muted text-sm">– {STATUS[status].note}</span>
          </p>
          {firstUsedAt && lastUsedAt ? (
            <p className="mt-1 text-muted text-sm">
              First use <Instant at={firstUsedAt} now={now} />, last use{" "}
              <Instant at={lastUsedAt} now={now} />
            </p>
          ) : null}
        </div>
        <figure className="grid content-start gap-1.5">
          <Sparkline days={days} now={now} />
          <figcaption className="text-muted text-sm">
            {all.toLocaleString("en")} {all === 1 ? "use" : "uses"} in the last 30 days
          </figcaption>
        </figure>
      </div>
      <RiskExplained risk={risk} />
      {addresses.length > 0 ? (
        <Sightings
          title="Addresses"
          note={`${networks} ${networks === 1 ? "network" : "networks"}`}
          sightings={addresses}
          now={now}
        />
      ) : null}
      {userAgents.length > 0 ? (
        <Sightings title="User agents" sightings={userAgents} now={now} />
      ) : null}
      {addresses.length + userAgents.length > 0 ? (
        <p className="text-muted text-sm">
          The last 20 addresses and user agents are kept. Uses are written about every minute.
        </p>
      ) : null}
    </section>
  );
}

interface SightingsProps {
  title: string;
  note?: string;
  sightings: readonly SightedView[];
  now: Date;
}

function Sightings({ title, note, sightings, now }: SightingsProps) {
  return (
    <table className="w-full text-sm">
      <caption className="mb-1 text-left font-medium">
        {title} {note ? <span className="font-normal text-muted">– {note}</span> : null}
      </caption>
      <thead className="text-left text-muted max-sm:sr-only">
        <tr>
          <Heading>{title === "Addresses" ? "Address" : "User agent"}</Heading>
          <Heading>First seen</Heading>
          <Heading>Last seen</Heading>
          <Heading align="right">Uses</Heading>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {sightings.map(({ value, firstAt, lastAt, uses }) => (
          <tr key={value} className="max-sm:grid max-sm:grid-cols-3 max-sm:py-1.5">
            <td className="break-all py-1.5 pr-4 font-mono text-xs max-sm:col-span-3 max-sm:py-0.5">
              {value}
            </td>
            <Moment label="first" at={firstAt} now={now} />
            <Moment label="last" at={lastAt} now={now} />
            <td className="py-1.5 text-right tabular-nums max-sm:py-0.5">
              {uses.toLocaleString("en")}
              <span className="sm:hidden">×</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Heading({ align, children }: { align?: "right"; children: ReactNode }) {
  return (
    <th
      scope="col"
      className={`whitespace-nowrap py-1 font-normal ${align ? "text-right" : "pr-4"}`}
    >
      {children}
    </th>
  );
}

function Moment({ label, at, now }: { label: string; at: Date; now: Date }) {
  return (
    <td className="whitespace-nowrap py-1.5 pr-4 text-muted max-sm:whitespace-normal max-sm:py-0.5">
      <span className="sm:hidden">{label} </span>
      <Instant at={at} now={now} />
    </td>
  );
}
