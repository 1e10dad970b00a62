import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { load } from "@/app/load";
import { readSearchParams } from "@/app/search-params";
import { requireActor } from "@/auth/current-actor";
import { AuditConsole } from "@/components/audit/audit-console";
import { toAuditEventView } from "@/components/audit/event-view";
import { Outage } from "@/components/outage";
import { isAdmin } from "@/domain/actor";
import { parseAuditFilter } from "@/domain/audit/filter";
import { listAuditEvents, positionOf } from "@/domain/audit/list";

export const metadata: Metadata = { title: "Audit" };

const PAGE_SIZE = 50;

export default async function AuditPage({ searchParams }: PageProps<"/admin/audit">) {
  const { filter, problems } = parseAuditFilter(await readSearchParams(searchParams));
  const now = new Date();
  const page = await load(async () => {
    const actor = await requireActor();
    if (!isAdmin(actor)) notFound();
    return listAuditEvents(actor, filter, { size: PAGE_SIZE });
  });
  if (!page) return <Outage />;
  const [newest] = page.events;
  return (
    <AuditConsole
      filter={filter}
      problems={problems}
      events={page.events.map(toAuditEventView)}
      older={page.older}
      newer={page.newer}
      newest={newest ? positionOf(newest) : { atMs: now.getTime(), seq: 0 }}
      now={now}
    />
  );
}
