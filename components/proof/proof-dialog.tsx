"use client";

import { useEffect, useRef, useState } from "react";
import type { FormState } from "../form-state";
import { Button, buttonClass } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { Notice } from "../ui/notice";
import { useFieldErrors } from "../use-field-errors";
import type { ProofActions, ProofWays } from "./actions";
import { PROOF_CHANNEL } from "./channel";

interface ProofDialogProps {
  actions: ProofActions;
  onProved: () => void;
  onClose: () => void;
}

const IDLE: FormState = { status: "idle" };

/** Asks the person at the browser to prove who they are, by password or at their provider. */
export function ProofDialog({ actions, onProved, onClose }: ProofDialogProps) {
  const [ways, setWays] = useState<FormState<ProofWays>>({ status: "idle" });
  const [state, setState] = useState(IDLE);
  const [isPending, setPending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const problemOf = useFieldErrors(form, state);

  useEffect(() => {
    actions.ways().then(setWays);
  }, [actions]);

  // No transition: React would keep its outcome back until the one that waits for this proof ends.
  const prove = async (data: FormData) => {
    setPending(true);
    try {
      setState(await actions.prove(IDLE, data));
    } finally {
      setPending(false);
    }
  };

  useEffect(() => {
    if (state.status === "done") onProved();
  }, [state, onProved]);

  // The provider is visited in a tab of its own: this page keeps what was typed.
  useEffect(() => {
    const channel = new BroadcastChannel(PROOF_CHANNEL);
    channel.onmessage = onProved;
    return () => channel.close();
  }, [onProved]);

  const hasPassword = ways.status !== "done" || ways.result.hasPassword;
  const provider = ways.status === "done" ? ways.result.provider : null;
  return (
    <Dialog title="Confirm that it is you" onClose={onClose}>
      <form
        ref={form}
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (isPending) return;
          const data = new FormData(event.currentTarget);
          void prove(data);
        }}
      >
        <p className="text-muted">
          This change can do harm in the wrong hands. You are asked once in 15 minutes.
        </p>
        {hasPassword ? (
          <Field label="Your password" {...problemOf("password")}>
            {(control) => (
              <Input
                {...control}
                name="password"
                type="password"
                autoComplete="current-password"
                data-autofocus
              />
            )}
          </Field>
        ) : null}
        {state.status === "failed" && Object.keys(state.fields).length === 0 ? (
          <Notice tone="danger" alert>
            {state.message}
          </Notice>
        ) : null}
        {ways.status === "failed" ? (
          <Notice tone="danger" alert>
            {ways.message}
          </Notice>
        ) : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          {provider ? (
            <a
              href="/prove"
              target="_blank"
              rel="noopener opener"
              className={buttonClass(hasPassword ? "secondary" : "primary")}
            >
              Sign in again with {provider}
            </a>
          ) : null}
          {hasPassword ? (
            <Button type="submit" variant="primary" disabled={isPending} aria-busy={isPending}>
              {isPending ? "Checking…" : "Confirm"}
            </Button>
          ) : null}
        </DialogActions>
      </form>
    </Dialog>
  );
}
