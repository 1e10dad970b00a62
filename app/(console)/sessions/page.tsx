import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { load } from "@/app/load";
import { readSearchParams } from "@/app/search-params";
import { requireActor } from "@/auth/current-actor";
import { Outage } from "@/components/outage";
import { AllSessions } from "@/components/sessions/all-sessions";
import { OwnSessions } from "@/components/sessions/own-sessions";
import { SessionHeader } from "@/components/sessions/session-header";
import { toSessionView } from "@/components/sessions/session-view";
import { isAdmin } from "@/domain/actor";
import { currentSession, listSessions, type SessionFilter } from "@/domain/sessions/list";
import { getSettings } from "@/domain/settings/get";
import { endOtherSessionsAction, endSessionAction } from "./actions";

export const metadata: Metadata = { title: "Sign-ins" };

const PAGE_SIZE = 25;
const TEXT_LENGTH_MAX = 1_024;
const ACTIONS = { end: endSessionAction, endOthers: endOtherSessionsAction };

export default async function SessionsPage({ searchParams }: PageProps<"/sessions">) {
  const filter = parseFilter(await readSearchParams(searchParams));
  const data = await load(async () => {
    const actor = await requireActor();
    if (filter.scope === "all" && !isAdmin(actor)) notFound();
    const [page, current, settings] = await Promise.all([
      listSessions(actor, filter, { size: PAGE_SIZE }),
      currentSession(actor),
      getSettings(),
    ]);
    return { actor, page, current, settings };
  });
  if (!data) return <Outage />;
  const { actor, page, current, settings } = data;
  const list = {
    links: {
      next: hrefOf(filter, "after", page.next),
      previous: hrefOf(filter, "before", page.previous),
    },
    now: page.readAt,
    actions: ACTIONS,
  };
  const sessions = page.sessions.map(toSessionView);
  return (
    <>
      <SessionHeader
        scope={filter.scope}
        isAdmin={isAdmin(actor)}
        limits={{ totalMs: settings.sessionTtlMs, idleMs: settings.sessionIdleMs }}
      />
      {filter.scope === "own" ? (
        <OwnSessions current={toSessionView(current)} others={sessions} {...list} />
      ) : (
        <AllSessions sessions={sessions} owner={filter.owner} {...list} />
      )}
    </>
  );
}

function parseFilter(params: Record<string, string | string[] | undefined>): SessionFilter {
  const text = (name: string) => {
    const value = params[name];
    const first = Array.isArray(value) ? value[0] : value;
    if (!first?.isWellFormed() || first.includes("\u0000")) return undefined;
    return first.trim().slice(0, TEXT_LENGTH_MAX).toWellFormed() || undefined;
  };
  return {
    scope: text("scope") === "all" ? "all" : "own",
    owner: text("owner"),
    after: text("after"),
    before: text("before"),
  };
}

function hrefOf(filter: SessionFilter, side: "after" | "before", cursor: string | null) {
  if (cursor === null) return null;
  const query = new URLSearchParams({
    ...(filter.scope === "all" ? { scope: "all" } : {}),
    ...(filter.owner ? { owner: filter.owner } : {}),
    [side]: cursor,
  });
  return `/sessions?${query}` as Route;
}
