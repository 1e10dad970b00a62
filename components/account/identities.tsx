"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, useState, useTransition } from "react";
import { Instant } from "../instant";
import { useWithProof } from "../proof/proof-provider";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import type { AccountActions } from "./actions";
import type { IdentityView, Provider } from "./identity-view";
import { UnlinkDialog } from "./unlink-dialog";

interface IdentitiesProps {
  identities: readonly IdentityView[];
  provider: Provider | null;
  /** Why none can be unlinked, or null when one can. */
  keptBecause: string | null;
  now: Date;
  actions: Pick<AccountActions, "allowLink" | "unlink">;
}

export function Identities(props: IdentitiesProps) {
  const { identities, provider, keptBecause, now, actions } = props;
  const [leaving, setLeaving] = useState<IdentityView | null>(null);
  const nameOf = ({ issuer }: IdentityView) =>
    issuer === provider?.issuer ? provider.name : "Another provider";
  return (
    <div className="grid gap-4">
      {identities.length > 0 ? (
        <ul className="divide-y divide-line rounded-md border border-line">
          {identities.map((identity) => (
            <li
              key={`${identity.issuer} ${identity.subject}`}
              className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-3 py-2.5"
            >
              <div className="min-w-0 text-sm">
                <p className="break-all font-medium text-base">{identity.label}</p>
                <p className="break-all text-muted">
                  {nameOf(identity)}, <span className="font-mono text-xs">{identity.issuer}</span>
                </p>
                <p className="text-muted">
                  Linked <Instant at={identity.linkedAt} now={now} />, last used{" "}
                  <Instant at={identity.lastUsedAt} now={now} />
                </p>
              </div>
              <Button
                size="sm"
                variant="caution"
                disabled={keptBecause !== null}
                aria-label={`Unlink ${identity.label}`}
                aria-describedby={keptBecause ? "kept-because" : undefined}
                onClick={() => setLeaving(identity)}
              >
                Unlink
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted text-sm">None yet.</p>
      )}
      {identities.length > 0 && keptBecause ? (
        <p id="kept-because" className="text-muted text-sm">
          {keptBecause}
        </p>
      ) : null}
      {provider ? <LinkForm name={provider.name} allow={actions.allowLink} /> : null}
      {leaving ? (
        <UnlinkDialog
          identity={leaving}
          providerName={nameOf(leaving)}
          action={actions.unlink}
          onClose={() => setLeaving(null)}
        />
      ) : null}
    </div>
  );
}

function LinkForm({ name, allow }: { name: string; allow: AccountActions["allowLink"] }) {
  const withProof = useWithProof();
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  // The proof is asked for before the page is left; the form itself then goes the plain way.
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    startTransition(async () => {
      const answer = await withProof(allow);
      if (answer.status === "done") return form.submit();
      if (answer.status !== "failed") return;
      setProblem(answer.message);
      router.refresh();
    });
  };
  return (
    <form action="/account/link" method="post" onSubmit={handleSubmit} className="grid gap-3">
      {problem ? (
        <Notice tone="danger" alert>
          {problem}
        </Notice>
      ) : null}
      <Button type="submit" className="justify-self-start" disabled={isPending}>
        Link {name}
      </Button>
    </form>
  );
}
