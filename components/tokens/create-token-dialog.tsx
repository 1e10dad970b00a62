"use client";

import { startTransition, useEffect, useRef } from "react";
import { useProvenAction } from "../proof/proof-provider";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { Notice } from "../ui/notice";
import { useDraft } from "../update/drafts";
import { useFieldErrors } from "../use-field-errors";
import type { CreatedSecret, TokenActions } from "./actions";
import { ExpiryField, focusUnresolved } from "./expiry-field";
import { NEW_TOKEN } from "./new-token-draft";
import type { Viewer } from "./token-view";

interface CreateTokenDialogProps {
  viewer: Viewer;
  action: TokenActions["create"];
  onCreated: (created: CreatedSecret) => void;
  onClose: () => void;
}

export function CreateTokenDialog({ viewer, action, onCreated, onClose }: CreateTokenDialogProps) {
  const [state, submit, isPending] = useProvenAction(action);
  const [description, setDescription] = useDraft(`${NEW_TOKEN}.description`, "");
  // Kept, too: what was sent and not answered is not done twice.
  const [requestKey] = useDraft(NEW_TOKEN, newRequestKey);
  const form = useRef<HTMLFormElement>(null);
  const problemOf = useFieldErrors(form, state);

  useEffect(() => {
    if (state.status === "done") onCreated(state.result);
  }, [state, onCreated]);

  return (
    <Dialog title="Create token" onClose={onClose}>
      <form
        ref={form}
        noValidate
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (isPending || focusUnresolved(event.currentTarget)) return;
          const data = new FormData(event.currentTarget);
          startTransition(() => submit(data));
        }}
      >
        <input type="hidden" name="idempotencyKey" value={requestKey} />
        <Field
          label="Description"
          hint="What it is for, so that you dare to stop it one day."
          {...problemOf("description")}
        >
          {(control) => (
            <Input
              {...control}
              name="description"
              autoComplete="off"
              data-autofocus
              placeholder="ci deploy"
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <ExpiryField viewer={viewer} draft={NEW_TOKEN} {...problemOf("ttlMs")} />
        {state.status === "failed" && Object.keys(state.fields).length === 0 ? (
          <Notice tone="danger" alert>
            {state.message}
          </Notice>
        ) : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={isPending} aria-busy={isPending}>
            {isPending ? "Creating…" : "Create token"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

// crypto.randomUUID is missing on plain http; this identifies a form, it protects nothing.
function newRequestKey(): string {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
