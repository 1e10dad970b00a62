"use client";

import { useActionState, useRef } from "react";
import type { FormAction } from "../form-state";
import { Button } from "../ui/button";
import { Field, Input } from "../ui/field";
import { Notice } from "../ui/notice";
import { useFieldErrors } from "../use-field-errors";

interface SignInFormProps {
  action: FormAction;
  callbackUrl: string;
  hasPasswords: boolean;
  /** The name of the identity provider, or null without one. */
  provider: string | null;
  /** Why the browser was sent back here. */
  problem: string | null;
}

/** Sign-in by password, at the identity provider, or both; works without scripts. */
export function SignInForm(props: SignInFormProps) {
  const { callbackUrl, hasPasswords, provider, problem } = props;
  return (
    <div className="grid gap-4 rounded-lg border border-line bg-surface p-5 shadow-sm sm:p-6">
      <h1 className="font-semibold text-lg">Sign in</h1>
      {problem ? (
        <Notice tone="danger" alert>
          {problem}
        </Notice>
      ) : null}
      {provider ? (
        <form action="/sign-in/provider" method="post" className="grid">
          <input type="hidden" name="callbackUrl" value={callbackUrl} />
          <Button
            type="submit"
            variant={hasPasswords ? "secondary" : "primary"}
            className="justify-center"
          >
            Sign in with {provider}
          </Button>
        </form>
      ) : null}
      {provider && hasPasswords ? (
        <p className="flex items-center gap-3 text-muted text-sm before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
          or with a password
        </p>
      ) : null}
      {hasPasswords ? <PasswordForm {...props} /> : null}
    </div>
  );
}

function PasswordForm({ action, callbackUrl }: Pick<SignInFormProps, "action" | "callbackUrl">) {
  const [state, submit, isPending] = useActionState(action, { status: "idle" });
  const form = useRef<HTMLFormElement>(null);
  const problemOf = useFieldErrors(form, state);
  const username = state.status === "failed" ? state.values?.username : undefined;
  return (
    <form ref={form} action={submit} noValidate className="grid gap-4">
      {state.status === "failed" && Object.keys(state.fields).length === 0 ? (
        <Notice tone="danger" alert>
          {state.message}
        </Notice>
      ) : null}
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <Field label="Username" {...problemOf("username")}>
        {(control) => (
          <Input
            {...control}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            defaultValue={username}
          />
        )}
      </Field>
      <Field label="Password" {...problemOf("password")}>
        {(control) => (
          <Input {...control} name="password" type="password" autoComplete="current-password" />
        )}
      </Field>
      <Button
        type="submit"
        variant="primary"
        className="mt-1 justify-center"
        disabled={isPending}
        aria-busy={isPending}
      >
        {isPending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
