"use client";

import { startTransition, useActionState, useRef } from "react";
import type { FormAction } from "../form-state";
import { Button, buttonClass } from "../ui/button";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { PasswordInput } from "../ui/password-input";
import { useFieldErrors } from "../use-field-errors";
import { PasswordCard } from "./password-card";

export interface LinkedPasswordProps {
  secret: string;
  /** Answers the username of whose password it was. */
  action: FormAction<string>;
  lengthMin: number;
  /** Who is signed in in this browser: perhaps the person who made the link. */
  signedInAs: string | null;
}

/** The form of one link. The secret is in no element of the page. */
export function LinkedPassword({ secret, action, lengthMin, signedInAs }: LinkedPasswordProps) {
  const [state, submit, isPending] = useActionState(action, { status: "idle" });
  const form = useRef<HTMLFormElement>(null);
  const problemOf = useFieldErrors(form, state);
  if (state.status === "done") return <Done username={state.result} signedInAs={signedInAs} />;

  const message =
    state.status === "failed" && Object.keys(state.fields).length === 0 ? state.message : null;
  const isDead = state.status === "failed" && state.missing;
  return (
    <PasswordCard title="Set your password">
      {message === null ? null : (
        <Notice tone="danger" alert>
          {message}
        </Notice>
      )}
      {isDead ? null : (
        <form
          ref={form}
          noValidate
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (isPending) return;
            const data = new FormData(event.currentTarget);
            data.set("secret", secret);
            startTransition(() => submit(data));
          }}
        >
          <Field
            label="New password"
            hint={`At least ${lengthMin} characters; a sentence is fine. Wherever you are signed in, you will be signed out.`}
            {...problemOf("password")}
          >
            {(control) => (
              <PasswordInput {...control} name="password" autoComplete="new-password" autoFocus />
            )}
          </Field>
          <Button
            type="submit"
            variant="primary"
            className="justify-center"
            disabled={isPending}
            aria-busy={isPending}
          >
            {isPending ? "Setting…" : "Set password"}
          </Button>
        </form>
      )}
    </PasswordCard>
  );
}

function Done({ username, signedInAs }: { username: string; signedInAs: string | null }) {
  const isSomebodyElse = signedInAs !== null && signedInAs !== username;
  return (
    <PasswordCard title="Your password is set">
      <p role="status">
        You sign in as <strong className="wrap-anywhere font-medium">{username}</strong>.
      </p>
      {isSomebodyElse ? (
        <form action="/sign-out" method="post" className="grid gap-2">
          <p className="text-muted text-sm">
            This browser is signed in as <span className="wrap-anywhere">{signedInAs}</span>.
          </p>
          <Button type="submit" variant="primary" className="justify-center">
            Sign out and go to sign-in
          </Button>
        </form>
      ) : (
        <a href="/sign-in" className={`${buttonClass("primary")} justify-center`}>
          Go to sign-in
        </a>
      )}
    </PasswordCard>
  );
}
