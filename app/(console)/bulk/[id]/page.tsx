import type { Metadata, Route } from "next";
import { load } from "@/app/load";
import { readSearchParams } from "@/app/search-params";
import { requireActor } from "@/auth/current-actor";
import { JobPage } from "@/components/bulk/job-page";
import { Outage } from "@/components/outage";
import { isAdmin } from "@/domain/actor";
import { getBulk } from "@/domain/bulk/get";
import { skippedOf } from "@/domain/bulk/result";
import { filterOfQuery } from "@/domain/bulk/target";
import { cancelBulkAction } from "../actions";

export const metadata: Metadata = { title: "Bulk action" };

export default async function BulkJobPage({ params, searchParams }: PageProps<"/bulk/[id]">) {
  const [{ id }, { after }] = await Promise.all([params, readSearchParams(searchParams)]);
  const position = /^\d{1,9}$/.test(String(after)) ? Number(after) : 0;
  const data = await load(async () => {
    const actor = await requireActor();
    const [job, skipped] = await Promise.all([getBulk(actor, id), skippedOf(actor, id, position)]);
    return { job, skipped, isReader: isAdmin(actor) };
  });
  if (!data) return <Outage />;
  const { job, skipped, isReader } = data;
  return (
    <JobPage
      job={job}
      filter={job.query === null ? null : filterOfQuery(job.query)}
      skipped={skipped}
      isLater={position > 0}
      eventsHref={isReader ? (`/admin/audit?request=${job.id}` as Route) : null}
      cancel={cancelBulkAction}
    />
  );
}
