import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { load } from "@/app/load";
import { requireActor } from "@/auth/current-actor";
import { EventDetail } from "@/components/audit/event-detail";
import { Outage } from "@/components/outage";
import { isAdmin } from "@/domain/actor";
import { getAuditEvent } from "@/domain/audit/list";

export const metadata: Metadata = { title: "Audit event" };

export default async function AuditEventPage({ params }: PageProps<"/admin/audit/[seq]">) {
  const { seq } = await params;
  const event = await load(async () => {
    const actor = await requireActor();
    if (!isAdmin(actor) || !/^\d{1,15}$/.test(seq)) notFound();
    return getAuditEvent(actor, Number(seq));
  });
  if (!event) return <Outage />;
  return <EventDetail event={{ ...event, at: event.at.toISOString() }} now={new Date()} />;
}
