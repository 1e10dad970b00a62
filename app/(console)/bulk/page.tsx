import type { Metadata, Route } from "next";
import { load } from "@/app/load";
import { readSearchParams } from "@/app/search-params";
import { requireActor } from "@/auth/current-actor";
import { JobList } from "@/components/bulk/job-list";
import { Outage } from "@/components/outage";
import { isAdmin } from "@/domain/actor";
import { listBulk } from "@/domain/bulk/list";

export const metadata: Metadata = { title: "Bulk actions" };

export default async function BulkPage({ searchParams }: PageProps<"/bulk">) {
  const { before } = await readSearchParams(searchParams);
  const from = typeof before === "string" ? before : undefined;
  const data = await load(async () => {
    const actor = await requireActor();
    return { ...(await listBulk(actor, { before: from })), hasActors: isAdmin(actor) };
  });
  if (!data) return <Outage />;
  return (
    <JobList
      jobs={data.jobs}
      hasActors={data.hasActors}
      now={new Date()}
      next={data.next ? (`/bulk?before=${data.next}` as Route) : null}
      first={from === undefined ? null : "/bulk"}
    />
  );
}
