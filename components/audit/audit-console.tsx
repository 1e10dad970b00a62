"use client";

import { Download, ScrollText, SearchX } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useMemo, useState, useTransition } from "react";
import {
  type AuditFilter,
  type AuditPosition,
  auditRestrictions,
  changeAuditFilter,
  toAuditQuery,
} from "@/domain/audit/filter";
import { buttonClass } from "../ui/button";
import { Notice } from "../ui/notice";
import { useHasScripts } from "../use-has-scripts";
import { AuditFilters } from "./audit-filters";
import { auditHref } from "./audit-href";
import { AuditTable } from "./audit-table";
import type { AuditEventView } from "./event-view";
import { useLiveTail } from "./use-live-tail";

interface AuditConsoleProps {
  filter: AuditFilter;
  problems: readonly string[];
  events: readonly AuditEventView[];
  older: AuditPosition | null;
  newer: AuditPosition | null;
  /** The newest event that the list may show: what follows it is new. */
  newest: AuditPosition;
  now: Date;
}

export function AuditConsole(props: AuditConsoleProps) {
  const { filter, problems, older, newer, newest, now } = props;
  const router = useRouter();
  const hasScripts = useHasScripts();
  const [isLoading, startTransition] = useTransition();
  const [isLive, setLive] = useState(false);
  const canBeLive = hasScripts && !filter.after && !filter.before && !filter.to;
  const wanted = useMemo(() => changeAuditFilter(filter, {}), [filter]);
  const tail = useLiveTail(isLive && canBeLive, wanted, newest);
  const events = [...tail.events, ...props.events];
  const query = toAuditQuery(wanted);
  const exportHref = (format: string) =>
    `/admin/audit/export${query}${query ? "&" : "?"}format=${format}`;
  const handleChange = (href: Route) => {
    startTransition(() => router.replace(href, { scroll: false }));
  };
  return (
    <>
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-xl leading-8 tracking-tight">Audit</h1>
        <div className="flex flex-wrap items-center gap-2">
          {canBeLive ? (
            <label className="flex items-center gap-2 px-2 text-sm">
              <input
                type="checkbox"
                role="switch"
                className="size-4 accent-(--accent)"
                checked={isLive}
                aria-checked={isLive}
                onChange={(event) => setLive(event.target.checked)}
              />
              Live
            </label>
          ) : null}
          {(["csv", "jsonl"] as const).map((format) => (
            <a
              key={format}
              href={exportHref(format)}
              download
              className={buttonClass("secondary", "sm")}
            >
              <Download aria-hidden className="size-4" />
              {format === "csv" ? "Export CSV" : "Export JSON lines"}
            </a>
          ))}
        </div>
      </header>
      <div className="mt-4 grid gap-3">
        <AuditFilters filter={wanted} onChange={handleChange} />
        {problems.length > 0 ? (
          <Notice tone="warning" alert>
            {problems.map((problem) => (
              <p key={problem}>{problem}</p>
            ))}
          </Notice>
        ) : null}
        {tail.isLost ? (
          <Notice tone="warning">New events cannot be fetched. Trying again.</Notice>
        ) : null}
      </div>
      <p role="status" className="sr-only">
        {tail.events.length > 0 ? `${tail.events.length} new events` : ""}
      </p>
      <section
        aria-label="Events"
        aria-busy={isLoading}
        className="mt-4 rounded-lg border border-line bg-surface"
      >
        {events.length > 0 ? (
          <AuditTable events={events} filter={wanted} now={now} />
        ) : (
          <NoEvents isFiltered={auditRestrictions(filter).length > 0} />
        )}
      </section>
      <Pages filter={wanted} older={older} newer={newer} />
    </>
  );
}

function NoEvents({ isFiltered }: { isFiltered: boolean }) {
  const Icon = isFiltered ? SearchX : ScrollText;
  return (
    <div className="grid justify-items-center gap-3 px-6 py-14 text-center">
      <Icon aria-hidden className="size-7 text-muted" strokeWidth={1.5} />
      <h2 className="font-medium">{isFiltered ? "Nothing matches" : "No events yet"}</h2>
      <p className="max-w-sm text-muted text-sm">
        {isFiltered
          ? "No event has all of what the filters ask for. Names and addresses are matched whole."
          : "Every change, sign-in and refusal will be listed here."}
      </p>
      {isFiltered ? (
        <a href="/admin/audit" className={buttonClass("secondary")}>
          Clear filters
        </a>
      ) : null}
    </div>
  );
}

function Pages({ filter, older, newer }: Pick<AuditConsoleProps, "filter" | "older" | "newer">) {
  if (!older && !newer) return null;
  return (
    <nav aria-label="Pages" className="mt-4 flex flex-wrap justify-end gap-2">
      {newer ? (
        <>
          <a href={auditHref(filter)} className={buttonClass("quiet", "sm")}>
            Newest
          </a>
          <a
            rel="prev"
            href={auditHref({ ...filter, before: newer })}
            className={buttonClass("secondary", "sm")}
          >
            Newer
          </a>
        </>
      ) : null}
      {older ? (
        <a
          rel="next"
          href={auditHref({ ...filter, after: older })}
          className={buttonClass("secondary", "sm")}
        >
          Older
        </a>
      ) : null}
    </nav>
  );
}
