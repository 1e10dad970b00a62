"use client";

import { Instant } from "../instant";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Notice } from "../ui/notice";
import { DeviceName } from "./device-name";
import type { SessionView } from "./session-view";

interface SignOutDialogProps {
  /** Which; "others" is every other sign-in of the person's own. */
  target: SessionView | "others";
  isOwn: boolean;
  now: Date;
  isPending: boolean;
  error: string | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Says what ends, and asks. */
export function SignOutDialog(props: SignOutDialogProps) {
  const { target, isOwn, now, isPending, error, onConfirm, onClose } = props;
  return (
    <Dialog
      title={target === "others" ? "Sign out everywhere else?" : "End this sign-in?"}
      onClose={onClose}
    >
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) onConfirm();
        }}
      >
        {target === "others" ? null : (
          <dl className="grid gap-1 rounded-md bg-sunken px-3 py-2.5 text-sm">
            <dt>
              <DeviceName device={target.device} />
            </dt>
            <dd className="text-muted">
              {isOwn ? null : <span className="break-all">{target.ownerName}, </span>}
              {target.address ? `from ${target.address}, ` : null}started{" "}
              <Instant at={target.startedAt} now={now} />
            </dd>
          </dl>
        )}
        <p>{consequence(target, isOwn)}</p>
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
            {target === "others" ? "Sign out everywhere else" : "Sign out"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function consequence(target: SessionView | "others", isOwn: boolean): string {
  if (target === "others") {
    return "Every other browser is signed out at its next click, and programs that signed in with your password are refused. What was typed there and not saved may be lost. Your tokens go on working.";
  }
  if (target.device.kind === "program") {
    return "The program that signed in is refused from this moment, until it signs in again. Tokens go on working.";
  }
  const whose = isOwn ? "Your tokens go on working." : "The tokens of its owner go on working.";
  return `That browser is signed out at its next click. What was typed there and not saved may be lost. ${whose}`;
}
