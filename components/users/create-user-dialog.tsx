"use client";

import { startTransition, useEffect, useRef, useState } from "react";
import type { Role } from "@/domain/actor";
import { useProvenAction } from "../proof/proof-provider";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { Notice } from "../ui/notice";
import { PasswordInput } from "../ui/password-input";
import { useFieldErrors } from "../use-field-errors";
import type { CreatedUser, UserActions } from "./actions";
import { type FirstSignIn, FirstSignInField } from "./first-sign-in-field";
import { RoleField } from "./role-field";

interface CreateUserDialogProps {
  action: UserActions["create"];
  passwordLengthMin: number;
  /** Whether people sign in with passwords at all. */
  hasPasswords: boolean;
  onCreated: (created: CreatedUser) => void;
  onClose: () => void;
}

export function CreateUserDialog(props: CreateUserDialogProps) {
  const { action, passwordLengthMin, hasPasswords, onCreated, onClose } = props;
  const [state, submit, isPending] = useProvenAction(action);
  const [username, setUsername] = useState("");
  const [displayName, setDisplayName] = useState("");
  const [role, setRole] = useState<Role>("user");
  const [first, setFirst] = useState<FirstSignIn>("link");
  const form = useRef<HTMLFormElement>(null);
  const problemOf = useFieldErrors(form, state);

  useEffect(() => {
    if (state.status === "done") onCreated(state.result);
  }, [state, onCreated]);

  return (
    <Dialog title="Create user" onClose={onClose}>
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
        {hasPasswords ? null : (
          <Notice tone="warning">
            Signing in with a password is switched off, and users of the identity provider are
            created at their first sign-in. This user could not sign in.
          </Notice>
        )}
        <Field
          label="Username"
          hint="What they sign in with. It cannot be changed later."
          {...problemOf("username")}
        >
          {(control) => (
            <Input
              {...control}
              name="username"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              data-autofocus
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          )}
        </Field>
        <Field label="Display name" hint="Optional." {...problemOf("displayName")}>
          {(control) => (
            <Input
              {...control}
              name="displayName"
              autoComplete="off"
              value={displayName}
              onChange={(event) => setDisplayName(event.target.value)}
            />
          )}
        </Field>
        <RoleField value={role} onChange={setRole} error={problemOf("role").error} />
        <FirstSignInField value={first} onChange={setFirst} />
        {first === "password" ? (
          <Field
            label="Password"
            hint={`At least ${passwordLengthMin} characters.`}
            {...problemOf("password")}
          >
            {(control) => (
              <PasswordInput {...control} name="password" autoComplete="new-password" />
            )}
          </Field>
        ) : null}
        {state.status === "failed" && Object.keys(state.fields).length === 0 ? (
          <Notice tone="danger" alert>
            {state.message}
          </Notice>
        ) : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={isPending} aria-busy={isPending}>
            {isPending ? "Creating…" : "Create user"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
