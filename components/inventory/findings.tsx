"use client";

import { CircleDot, OctagonAlert, TriangleAlert } from "lucide-react";
import { Fragment, type ReactNode, useState } from "react";
import { type ListPath, pagePath } from "../tokens/list-href";
import type { FindingView } from "./finding-view";
import { useListJson } from "./use-list-json";

const SHOWN_MAX = 4;
const SEVERITIES = {
  high: { word: "Serious", Icon: OctagonAlert, className: "text-danger" },
  medium: { word: "Worth a look", Icon: TriangleAlert, className: "text-warning" },
  low: { word: "Soon", Icon: CircleDot, className: "text-muted" },
} as const;

interface FindingsProps {
  path: ListPath;
  revision: number;
  /** Keeps their place until they are there, so that nothing jumps. */
  fallback: ReactNode;
}

/** What stands out in the whole list, each a link to just those tokens. Nothing where nothing does. */
export function Findings({ path, revision, fallback }: FindingsProps) {
  const { data, isFailed } = useListJson<FindingView[]>(`${pagePath(path)}/findings`, revision);
  const [isWhole, setWhole] = useState(false);
  if (isFailed) return <p className="text-muted text-sm">Findings could not be loaded.</p>;
  if (!data) return fallback;
  if (data.length === 0) return null;
  const counted = data.filter(({ count }) => count !== null);
  const uncounted = data.filter(({ count }) => count === null);
  const shown = isWhole ? counted : counted.slice(0, SHOWN_MAX);
  return (
    <section aria-labelledby="findings">
      <div className="flex h-6 items-center justify-between gap-3">
        <h2 id="findings" className="font-medium text-sm">
          Findings
        </h2>
        {counted.length > SHOWN_MAX ? (
          <button
            type="button"
            aria-expanded={isWhole}
            onClick={() => setWhole(!isWhole)}
            className="h-6 rounded-sm px-1 text-accent text-sm hover:underline"
          >
            {isWhole ? "Show fewer" : `Show all ${counted.length}`}
          </button>
        ) : null}
      </div>
      <ul
        className={
          isWhole
            ? "mt-1.5 grid gap-2 sm:grid-cols-2 lg:grid-cols-4"
            : "-mx-1 mt-0.5 flex gap-2 overflow-x-auto p-1 lg:grid lg:grid-cols-4"
        }
      >
        {shown.map((finding) => (
          <li key={finding.id} className={isWhole ? "min-w-0" : "w-60 shrink-0 lg:w-auto"}>
            <FindingCard finding={finding} />
          </li>
        ))}
      </ul>
      {uncounted.length > 0 ? (
        <p className="mt-1 text-muted text-sm">
          Not counted in time:{" "}
          {uncounted.map(({ id, href, title }, at) => (
            <Fragment key={id}>
              {at > 0 ? " · " : null}
              <a href={href} className="underline">
                {title}
              </a>
            </Fragment>
          ))}
        </p>
      ) : null}
    </section>
  );
}

function FindingCard({ finding }: { finding: FindingView }) {
  const { word, Icon, className } = SEVERITIES[finding.severity];
  return (
    <a
      href={finding.href}
      className="flex h-20 flex-col gap-0.5 rounded-lg border border-line bg-surface px-3 py-2 hover:border-line-strong"
    >
      <span className={`flex items-center gap-1.5 font-medium text-xs ${className}`}>
        <Icon aria-hidden className="size-3.5 shrink-0" />
        {word}
      </span>{" "}
      <span className="line-clamp-2 text-sm" title={`${finding.count} ${finding.title}`}>
        <b className="font-semibold">{finding.count}</b> {finding.title}
      </span>
    </a>
  );
}
