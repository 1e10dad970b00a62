"use client";

import { useActionState, useRef, useState } from "react";
import type { FormAction } from "../form-state";
import { Field, Input } from "../ui/field";
import { useFieldErrors } from "../use-field-errors";
import { FormFoot } from "./form-foot";
import { useSavedForm } from "./use-saved-form";

interface ProfileFormProps {
  displayName: string;
  action: FormAction;
}

export function ProfileForm({ displayName, action }: ProfileFormProps) {
  const [state, submit, isPending] = useActionState(action, { status: "idle" });
  const [name, setName] = useState(displayName);
  const form = useRef<HTMLFormElement>(null);
  const problemOf = useFieldErrors(form, state);
  const handleSubmit = useSavedForm(state, submit, isPending);
  return (
    <form
      ref={form}
      action={submit}
      onSubmit={handleSubmit}
      noValidate
      className="grid max-w-xl gap-4"
    >
      <Field
        label="Display name"
        hint="What people see of you. The user name stays what programs and the audit trail go by."
        {...problemOf("displayName")}
      >
        {(control) => (
          <Input
            {...control}
            name="displayName"
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <FormFoot
        state={state}
        isPending={isPending}
        label="Save name"
        doneText={name.trim() === displayName ? "Saved" : null}
      />
    </form>
  );
}
