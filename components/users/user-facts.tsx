import type { ReactNode } from "react";
import { Instant } from "../instant";
import { RoleBadge } from "./role-badge";
import { UserState } from "./user-state";
import type { UserView } from "./user-view";

export interface UserFactsOf {
  uid: string;
  identities: readonly {
    issuer: string;
    subject: string;
    label: string;
    linkedAt: Date;
    lastUsedAt: Date;
  }[];
}

interface UserFactsProps {
  user: UserView;
  facts: UserFactsOf;
  now: Date;
}

export function UserFacts({ user, facts, now }: UserFactsProps) {
  return (
    <section aria-label="Facts" className="rounded-lg border border-line bg-surface px-4 py-1">
      <dl className="divide-y divide-line text-sm">
        <Fact label="Username">{user.username}</Fact>
        <Fact label="Display name">
          {user.displayName || <span className="text-muted">None</span>}
        </Fact>
        <Fact label="Role">
          <RoleBadge role={user.role} />
          <span className="block text-muted text-xs">
            {user.roleFromGroup
              ? "Given by a group at the identity provider"
              : "Given by an administrator"}
          </span>
        </Fact>
        <Fact label="State">
          <UserState enabled={user.enabled} />
        </Fact>
        <Fact label="Password">{user.hasPassword ? "Set" : "None"}</Fact>
        <Fact label="Identities">
          {facts.identities.length === 0 ? "None" : null}
          {facts.identities.map((identity) => (
            <div key={`${identity.issuer} ${identity.subject}`} className="not-first:mt-2">
              {identity.label}
              <span className="block text-muted text-xs">at {identity.issuer}</span>
              <span className="block text-muted text-xs">as {identity.subject}</span>
              <span className="block text-muted text-xs">
                last used <Instant at={identity.lastUsedAt} now={now} />
              </span>
            </div>
          ))}
        </Fact>
        <Fact label="Created">
          <Instant at={user.createdAt} now={now} />
        </Fact>
        <Fact label="Id">
          <span className="font-mono text-xs">{user.id}</span>
        </Fact>
        <Fact label="UID">
          <span className="font-mono text-xs">{facts.uid}</span>
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-3 py-2">
      <dt className="text-muted">{label}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
