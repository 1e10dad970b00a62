import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import type { HistoryEntry } from "../history/entry";
import { Instant } from "../instant";
import { spanText } from "../time";
import type { TokenActions } from "./actions";
import type { EvidenceView } from "./evidence-view";
import { StateBadge } from "./state-badge";
import { TokenEvidence } from "./token-evidence";
import { TokenHistory } from "./token-history";
import { TokenToolbar } from "./token-toolbar";
import type { TokenView, Viewer } from "./token-view";

interface TokenDetailProps {
  token: TokenView;
  facts: { uid: string; ownerId: string; updatedAt: Date; labels: Record<string, string> };
  evidence: EvidenceView;
  history: readonly HistoryEntry[];
  now: Date;
  isOwn: boolean;
  viewer: Viewer;
  actions: TokenActions;
}

/** Everything known of one token, what can be done with it, and what was done to it. */
export function TokenDetail({
  token,
  facts,
  evidence,
  history,
  now,
  isOwn,
  viewer,
  actions,
}: TokenDetailProps) {
  const backPath = isOwn ? "/tokens" : "/admin/tokens";
  return (
    <>
      <a
        href={backPath}
        className="inline-flex items-center gap-1.5 rounded-sm text-muted text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-3.5" />
        {isOwn ? "Tokens" : "All tokens"}
      </a>
      <header className="mt-3 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="break-words font-semibold text-xl leading-8 tracking-tight">
            {token.description || <span className="font-mono">{token.name}</span>}
          </h1>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            <span className="font-mono text-muted">{token.name}</span>
            <StateBadge state={token.state} />
          </p>
        </div>
        <TokenToolbar token={token} viewer={viewer} actions={actions} backPath={backPath} />
      </header>
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <section aria-label="Facts" className="rounded-lg border border-line bg-surface px-4 py-1">
          <dl className="divide-y divide-line text-sm">
            <Fact label="Owner">
              {token.ownerName}
              {token.ownerEnabled ? null : " (disabled)"}
            </Fact>
            <Fact label="Kind">{kindText(token)}</Fact>
            <Fact label="Expires">
              {token.expiresAt ? <Instant at={token.expiresAt} now={now} /> : "Never"}
            </Fact>
            <Fact label="Lifetime">{token.ttlMs < 0 ? "Infinite" : spanText(token.ttlMs)}</Fact>
            <Fact label="Created">
              <Instant at={token.createdAt} now={now} />
            </Fact>
            <Fact label="Changed">
              <Instant at={facts.updatedAt} now={now} />
            </Fact>
            <Fact label="Last used">
              {token.lastUsedAt ? <Instant at={token.lastUsedAt} now={now} /> : "Never"}
            </Fact>
            {token.lastUsedAddress ? <Fact label="From">{token.lastUsedAddress}</Fact> : null}
            {token.lastUsedUserAgent ? <Fact label="By">{token.lastUsedUserAgent}</Fact> : null}
            {Object.entries(facts.labels).map(([key, value]) => (
              <Fact key={key} label={key}>
                {value}
              </Fact>
            ))}
            <Fact label="Owner’s id">
              <span className="font-mono text-xs">{facts.ownerId}</span>
            </Fact>
            <Fact label="UID">
              <span className="font-mono text-xs">{facts.uid}</span>
            </Fact>
          </dl>
        </section>
        <div className="grid gap-6">
          <TokenEvidence evidence={evidence} now={now} />
          <TokenHistory entries={history} now={now} />
        </div>
      </div>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-3 py-2">
      <dt className="truncate text-muted" title={label}>
        {label}
      </dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

function kindText(token: TokenView): string {
  if (token.kind === "session") return token.current ? "Sign-in, of this browser" : "Sign-in";
  return token.kind || "Token";
}
