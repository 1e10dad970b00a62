"use client";

import { type SubmitEvent, startTransition, useEffect, useRef, useState } from "react";
import type { FormAction } from "../form-state";
import { useProvenAction } from "../proof/proof-provider";
import { Field, Input } from "../ui/field";
import { useFieldErrors } from "../use-field-errors";
import { FormFoot } from "./form-foot";

interface PasswordFormProps {
  username: string;
  hasPassword: boolean;
  lengthMin: number;
  action: FormAction;
}

export function PasswordForm({ username, hasPassword, lengthMin, action }: PasswordFormProps) {
  const [state, submit, isPending] = useProvenAction(action);
  const [isShown, setShown] = useState(false);
  const [isEdited, setEdited] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const problemOf = useFieldErrors(form, state);
  const type = isShown ? "text" : "password";

  useEffect(() => {
    if (state.status !== "done") return;
    form.current?.reset();
    setShown(false);
    setEdited(false);
  }, [state]);

  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const data = new FormData(event.currentTarget);
    startTransition(() => submit(data));
  };

  return (
    <form
      ref={form}
      onSubmit={handleSubmit}
      onChange={() => setEdited(true)}
      noValidate
      className="grid max-w-xl gap-4"
    >
      {/* For password managers, which otherwise guess whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      {hasPassword ? (
        <Field label="Current password" {...problemOf("current")}>
          {(control) => (
            <Input {...control} name="current" type={type} autoComplete="current-password" />
          )}
        </Field>
      ) : null}
      <Field
        label="New password"
        hint={`At least ${lengthMin} characters; a few words that only you would put together do well.`}
        {...problemOf("password")}
      >
        {(control) => (
          <Input {...control} name="password" type={type} autoComplete="new-password" />
        )}
      </Field>
      <label className="flex w-fit items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={isShown}
          onChange={(event) => setShown(event.target.checked)}
          className="size-4 accent-accent"
        />
        Show what I type
      </label>
      <FormFoot
        state={state}
        isPending={isPending}
        label={hasPassword ? "Change password" : "Set password"}
        doneText={isEdited ? null : "Password changed. You are signed out everywhere else."}
      />
    </form>
  );
}
