"use client";

import { startTransition, useEffect, useRef, useState } from "react";
import type { FormState } from "../form-state";
import { useProvenAction } from "../proof/proof-provider";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { Notice } from "../ui/notice";
import { useFieldErrors } from "../use-field-errors";
import type { UserActions } from "./actions";
import { RoleField } from "./role-field";
import type { UserView } from "./user-view";

interface EditUserDialogProps {
  user: UserView;
  action: UserActions["update"];
  /** Told whether the change ended the user's sign-ins. */
  onSaved: (endsSignIn: boolean) => void;
  onReload: () => void;
  onClose: () => void;
}

/** Edits the display name and the role; a stale form offers the new state. */
export function EditUserDialog({ user, action, onSaved, onReload, onClose }: EditUserDialogProps) {
  const [state, submit, isPending] = useProvenAction(action);
  const [displayName, setDisplayName] = useState(user.displayName);
  const [role, setRole] = useState(user.role);
  const form = useRef<HTMLFormElement>(null);
  const problemOf = useFieldErrors(form, state);
  const isRoleChanged = role !== user.role;
  const saved = useRef<() => void>(undefined);
  useEffect(() => {
    saved.current = () => onSaved(isRoleChanged);
  });

  useEffect(() => {
    if (state.status === "done") saved.current?.();
  }, [state]);

  return (
    <Dialog title="Edit user" onClose={onClose}>
      <p className="wrap-anywhere -mt-3 mb-4 text-muted text-sm">{user.username}</p>
      <form
        ref={form}
        noValidate
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (isPending) return;
          const data = new FormData(event.currentTarget);
          startTransition(() => submit(data));
        }}
      >
        <input type="hidden" name="id" value={user.id} />
        <input type="hidden" name="resourceVersion" value={user.resourceVersion} />
        <Field label="Display name" hint="Shown to people." {...problemOf("displayName")}>
          {(control) => (
            <Input
              {...control}
              name="displayName"
              autoComplete="off"
              data-autofocus
              value={displayName}
              onChange={(event) => setDisplayName(event.target.value)}
            />
          )}
        </Field>
        <RoleField
          value={role}
          onChange={setRole}
          hint={roleHint(user, isRoleChanged)}
          error={problemOf("role").error}
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
      {state.conflict ? "This user was changed meanwhile, so nothing was saved." : state.message}
      {state.conflict || state.missing ? (
        <Button size="sm" className="mt-2 flex" onClick={onReload}>
          Show the new state
        </Button>
      ) : null}
    </Notice>
  );
}

function roleHint(user: UserView, isChanged: boolean): string | undefined {
  const ends = user.isViewer
    ? "You will be signed out when you save."
    : "Their sign-ins end when you save, so that the new role holds at once.";
  const group = "A group at the identity provider gave this role.";
  if (isChanged) {
    return user.roleFromGroup
      ? `${ends} Whoever is in the administrators’ group gets the role again at the next sign-in there.`
      : ends;
  }
  return user.roleFromGroup ? group : undefined;
}
