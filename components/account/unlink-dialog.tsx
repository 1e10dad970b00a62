"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useWithProof } from "../proof/proof-provider";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Notice } from "../ui/notice";
import type { AccountActions } from "./actions";
import type { IdentityView } from "./identity-view";

interface UnlinkDialogProps {
  identity: IdentityView;
  providerName: string;
  action: AccountActions["unlink"];
  onClose: () => void;
}

/** Says what unlinking means, and asks. */
export function UnlinkDialog({ identity, providerName, action, onClose }: UnlinkDialogProps) {
  const router = useRouter();
  const withProof = useWithProof();
  const [error, setError] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const handleConfirm = () => {
    startTransition(async () => {
      const answer = await withProof(() => action(identity.issuer, identity.subject));
      if (answer.status === "failed" && !answer.missing) return setError(answer.message);
      onClose();
      router.refresh();
    });
  };
  return (
    <Dialog title="Unlink this identity?" onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) handleConfirm();
        }}
      >
        <dl className="rounded-md bg-sunken px-3 py-2.5 text-sm">
          <dt className="break-all font-medium">{identity.label}</dt>
          <dd className="break-all text-muted">
            {providerName}, {identity.issuer}
          </dd>
        </dl>
        <p>
          It will not sign you in to this account any more: who signs in with it later gets a new,
          empty account. Sign-ins that are live go on. You can link it again only while it has no
          account of its own.
        </p>
        {error ? (
          <Notice tone="danger" alert>
            {error}
          </Notice>
        ) : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="danger"
            data-autofocus
            disabled={isPending}
            aria-busy={isPending}
          >
            Unlink
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
