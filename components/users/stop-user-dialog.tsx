"use client";

import { startTransition, useEffect, useState } from "react";
import type { FormState } from "../form-state";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { Notice } from "../ui/notice";
import type { Impact, UserActions } from "./actions";
import { StopImpact } from "./stop-impact";
import type { UserView } from "./user-view";
import { WhoIsMeant } from "./who-is-meant";

interface StopUserDialogProps {
  user: UserView;
  verb: "Disable" | "Delete";
  impact: UserActions["impact"];
  isPending: boolean;
  error: string | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Says what will stop working and asks, by a button or, when tokens are in use, by the username. */
export function StopUserDialog(props: StopUserDialogProps) {
  const { user, verb, impact: readImpact, isPending, error, onConfirm, onClose } = props;
  const [impact, setImpact] = useState<FormState<Impact>>({ status: "idle" });
  const [typed, setTyped] = useState("");
  useEffect(() => {
    startTransition(async () => setImpact(await readImpact(user.id)));
  }, [readImpact, user.id]);

  const isKnown = impact.status === "done";
  const isNameNeeded = isKnown && user.enabled && impact.result.tokensInUse > 0;
  const isConfirmed = isKnown && (!isNameNeeded || typed.trim() === user.username);
  return (
    <Dialog title={`${verb} this user?`} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isConfirmed && !isPending) onConfirm();
        }}
      >
        <WhoIsMeant user={user} />
        <div aria-live="polite" aria-busy={impact.status === "idle"}>
          {impact.status === "idle" ? (
            <p className="text-muted">Counting what would stop…</p>
          ) : null}
          {impact.status === "failed" ? <Notice tone="danger">{impact.message}</Notice> : null}
          {isKnown ? <StopImpact user={user} verb={verb} impact={impact.result} /> : null}
        </div>
        {user.isViewer ? (
          <Notice tone="warning">
            This is you: you will be signed out, and only another administrator can{" "}
            {verb === "Disable" ? "let you in again" : "create you anew"}.
          </Notice>
        ) : null}
        {isNameNeeded ? (
          <Field label="Tokens are in use. Type the username to confirm.">
            {(control) => (
              <Input
                {...control}
                autoFocus
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                placeholder={user.username}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        {error ? (
          <Notice tone="danger" alert>
            {error}
          </Notice>
        ) : null}
        <DialogActions>
          <Button data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant="danger"
            disabled={!isConfirmed || isPending}
            aria-busy={isPending}
          >
            {isPending ? PENDING[verb] : verb}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const PENDING = { Disable: "Disabling…", Delete: "Deleting…" };
