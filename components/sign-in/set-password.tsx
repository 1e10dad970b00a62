"use client";

import { type ReactNode, startTransition, useActionState, useRef } from "react";
import type { FormAction } from "../form-state";
import { Button, buttonClass } from "../ui/button";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { PasswordInput } from "../ui/password-input";
import { useFieldErrors } from "../use-field-errors";
import { useLinkSecret } from "./use-link-secret";

interface SetPasswordProps {
  action: FormAction<string>;
  lengthMin: number;
  hasPasswords: boolean;
  /** Who is signed in in this browser: perhaps the person who made the link. */
  signedInAs: string | null;
}

/** Takes the secret out of the address and asks for the password that it sets, once. */
export function SetPassword({ action, lengthMin, hasPasswords, signedInAs }: SetPasswordProps) {
  const secret = useLinkSecret();
  const [state, submit, isPending] = useActionState(action, { status: "idle" });
  const form = useRef<HTMLFormElement>(null);
  const problemOf = useFieldErrors(form, state);
  const isDead = state.status === "failed" && state.missing;

  if (state.status === "done") return <Done username={state.result} signedInAs={signedInAs} />;
  return (
    <Card title="Set your password">
      {hasPasswords ? null : (
        <Notice tone="warning">Signing in with a password is switched off here.</Notice>
      )}
      {hasPasswords && secret === undefined ? (
        <p className="text-muted">
          Reading the link… This page needs scripts, because the link’s secret stays in your browser
          until you send it.
        </p>
      ) : null}
      {hasPasswords && secret === null ? (
        <p>
          There is no link in the address any more. Open the one that you were given once again,
          from the message that it came in.
        </p>
      ) : null}
      {hasPasswords && secret && isDead ? (
        <Notice tone="danger" alert>
          {state.message}
        </Notice>
      ) : null}
      {hasPasswords && secret && !isDead ? (
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
          {state.status === "failed" && Object.keys(state.fields).length === 0 ? (
            <Notice tone="danger" alert>
              {state.message}
            </Notice>
          ) : null}
          <Field
            label="New password"
            hint={`At least ${lengthMin} characters; a sentence is fine. You will be signed out everywhere else.`}
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
      ) : null}
    </Card>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-4 rounded-lg border border-line bg-surface p-5 shadow-sm sm:p-6">
      <h1 className="font-semibold text-lg">{title}</h1>
      {children}
    </div>
  );
}

function Done({ username, signedInAs }: { username: string; signedInAs: string | null }) {
  const isSomebodyElse = signedInAs !== null && signedInAs !== username;
  return (
    <Card title="Your password is set">
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
    </Card>
  );
}
