"use client";

import { startTransition, useEffect, useRef, useState } from "react";
import type { FormState } from "../form-state";
import { useProvenAction } from "../proof/proof-provider";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { Notice } from "../ui/notice";
import { Switch } from "../ui/switch";
import { useDraft } from "../update/drafts";
import { useFieldErrors } from "../use-field-errors";
import type { TokenActions } from "./actions";
import { ExpiryField, focusUnresolved } from "./expiry-field";
import type { TokenView, Viewer } from "./token-view";

interface EditTokenDialogProps {
  token: TokenView;
  viewer: Viewer;
  action: TokenActions["update"];
  onSaved: () => void;
  onReload: () => void;
  onClose: () => void;
}

/** Edits the three mutable fields and nothing else; a stale form offers the new state. */
export function EditTokenDialog(props: EditTokenDialogProps) {
  const { token, viewer, action, onSaved, onReload, onClose } = props;
  const [state, submit, isPending] = useProvenAction(action);
  const draft = `edit.${token.name}`;
  const [description, setDescription] = useDraft(`${draft}.description`, token.description);
  const [enabled, setEnabled] = useState(token.enabled);
  const form = useRef<HTMLFormElement>(null);
  const problemOf = useFieldErrors(form, state);

  useEffect(() => {
    if (state.status === "done") onSaved();
  }, [state, onSaved]);

  return (
    <Dialog title="Edit token" onClose={onClose}>
      <p className="-mt-3 mb-4 font-mono text-muted text-sm">{token.name}</p>
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
        <input type="hidden" name="name" value={token.name} />
        <input type="hidden" name="resourceVersion" value={token.resourceVersion} />
        <Field label="Description" {...problemOf("description")}>
          {(control) => (
            <Input
              {...control}
              name="description"
              autoComplete="off"
              data-autofocus
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <ExpiryField draft={draft} viewer={viewer} stored={token} {...problemOf("ttlMs")} />
        <Switch
          label="Enabled"
          name="enabled"
          checked={enabled}
          onChange={setEnabled}
          hint={enabledHint(token.enabled, enabled)}
        />
        <Refusal state={state} onReload={onReload} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={isPending} aria-busy={isPending}>
            {isPending ? "Saving…" : "Save changes"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function Refusal({ state, onReload }: { state: FormState; onReload: () => void }) {
  if (state.status !== "failed" || Object.keys(state.fields).length > 0) return null;
  return (
    <Notice tone={state.conflict ? "warning" : "danger"} alert>
      {state.conflict ? "This token was changed meanwhile, so nothing was saved." : state.message}
      {state.conflict ? (
        <Button size="sm" className="mt-2 flex" onClick={onReload}>
          Show the new state
        </Button>
      ) : null}
    </Notice>
  );
}

function enabledHint(wasEnabled: boolean, isEnabled: boolean): string {
  if (wasEnabled && !isEnabled) return "Whatever uses this token stops working when you save.";
  if (!wasEnabled && isEnabled) return "Whoever holds this token can use it again when you save.";
  return isEnabled ? "The token works until it expires." : "The token is stopped.";
}
