"use client";

import { useState } from "react";
import { exactTime } from "../time";
import { Button } from "../ui/button";
import { CopyField } from "../ui/copy-field";
import { Dialog, DialogActions } from "../ui/dialog";
import { Notice } from "../ui/notice";
import { useLeaveGuard } from "../use-leave-guard";
import type { PasswordLink } from "./actions";

interface LinkDialogProps {
  username: string;
  link: PasswordLink;
  note: string | null;
  onDone: () => void;
}

/**
 * Shows a one-time link, once. Until it has been copied, the ways out that are taken by accident
 * are guarded; a lost link costs only another one, so `Done` always leads out.
 */
export function LinkDialog({ username, link, note, onDone }: LinkDialogProps) {
  const [isCopied, setCopied] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const refuse = () => setWarned(true);
  const leave = useLeaveGuard(!isCopied, { onRefused: refuse, onLeft: onDone });
  const dismiss = isCopied ? leave : refuse;
  const address = `${window.location.origin}/set-password#${link.secret}`;

  return (
    <Dialog title="Copy the link now" wide onClose={dismiss} onDismissRefused={dismiss}>
      <div className="grid gap-4">
        <p className="text-muted">
          Give it to <span className="wrap-anywhere font-medium text-ink">{username}</span> in a way
          that only they can read: whoever opens it chooses their password. {note}
        </p>
        <CopyField
          label="One-time link"
          value={address}
          copyLabel="Copy link"
          focused
          onCopied={() => setCopied(true)}
        />
        <p className="text-muted text-sm">
          It works once, until {exactTime(link.expiresAt)}, and is not shown again. If it gets lost,
          make another one with “Reset password”; this one then stops.
        </p>
        {isWarned && !isCopied ? (
          <Notice tone="warning" alert>
            The link has not been copied yet. Copy it, or choose Done to go without it.
          </Notice>
        ) : null}
      </div>
      <DialogActions>
        <Button variant="primary" onClick={leave}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}
