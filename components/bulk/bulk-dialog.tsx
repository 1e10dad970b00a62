"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import type { FormState } from "../form-state";
import { useWithProof } from "../proof/proof-provider";
import type { Viewer } from "../tokens/token-view";
import { Dialog } from "../ui/dialog";
import type { BulkActions, BulkPreviewView, BulkRequest } from "./actions";
import { BulkReview } from "./bulk-review";
import { ExpiryStep, type WantedExpiry } from "./expiry-step";
import { jobHref } from "./job-view";
import { BULK_WORDS } from "./words";

export type BulkWish = "disable" | "enable" | "delete" | "expiry";

interface BulkDialogProps {
  wish: BulkWish;
  scope: "own" | "all";
  target: { names: string[] } | { query: string };
  viewer: Viewer;
  actions: BulkActions;
  onClose: () => void;
}

const IDLE: FormState<BulkPreviewView> = { status: "idle" };

/** Says what would happen to which tokens, asks why, and starts it; its own page shows the rest. */
export function BulkDialog({ wish, scope, target, viewer, actions, onClose }: BulkDialogProps) {
  const router = useRouter();
  const withProof = useWithProof();
  const [expiry, setExpiry] = useState<WantedExpiry | null>(null);
  const [looked, setLooked] = useState(IDLE);
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const isExpiryWanted = wish === "expiry" && looked.status !== "done";

  const look = (wanted: BulkRequest) =>
    startTransition(async () => setLooked(await actions.preview(wanted)));

  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once, as it was selected
  useEffect(() => {
    if (wish !== "expiry") look({ scope, action: wish, ...target });
  }, []);

  const handleExpiry = (wanted: WantedExpiry) => {
    setExpiry(wanted);
    look({ scope, ...target, ...wanted });
  };

  const action = wish === "expiry" ? (expiry?.action ?? "shorten") : wish;
  const handleStart = ({ asOfSeq }: BulkPreviewView, reason: string) => {
    setProblem(null);
    const until = expiry ? { expiresAt: expiry.expiresAt } : {};
    startTransition(async () => {
      const answer = await withProof(() =>
        actions.start({ scope, action, ...target, ...until, asOfSeq, reason }),
      );
      if (answer.status === "done") router.push(jobHref(answer.result.id));
      else if (answer.status === "failed") setProblem(answer.fields.reason ?? answer.message);
    });
  };

  const title = isExpiryWanted ? "Change expiry" : `${BULK_WORDS[action].do} these tokens?`;
  return (
    <Dialog title={title} onClose={onClose}>
      {isExpiryWanted ? (
        <ExpiryStep
          viewer={viewer}
          isPending={isPending}
          problem={looked.status === "failed" ? (looked.fields.expiresAt ?? looked.message) : null}
          onReview={handleExpiry}
          onClose={onClose}
        />
      ) : (
        <BulkReview
          action={action}
          expiresAt={expiry?.expiresAt ?? null}
          isReasonNeeded={scope === "all"}
          looked={looked}
          isPending={isPending}
          problem={problem}
          onStart={handleStart}
          onBack={wish === "expiry" ? () => setLooked(IDLE) : null}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}
