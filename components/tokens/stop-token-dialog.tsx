"use client";

import { useState } from "react";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { Notice } from "../ui/notice";
import { useNow } from "../use-now";
import { frictionOf, lastUseText } from "./consequence";
import type { TokenView } from "./token-view";

interface StopTokenDialogProps {
  token: TokenView;
  verb: "Disable" | "Delete";
  isPending: boolean;
  error: string | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Says what will stop working and asks, by a button or by the token's name. */
export function StopTokenDialog(props: StopTokenDialogProps) {
  const { token, verb, isPending, error, onConfirm, onClose } = props;
  const now = useNow();
  const [typed, setTyped] = useState("");
  const isNameNeeded = frictionOf(token, now) === "typed-name";
  const isConfirmed = !isNameNeeded || typed.trim() === token.name;

  return (
    <Dialog title={`${verb} this token?`} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isConfirmed && !isPending) onConfirm();
        }}
      >
        <dl className="rounded-md bg-sunken px-3 py-2.5">
          <dt className="font-mono text-sm">{token.name}</dt>
          <dd className="break-words text-muted text-sm">
            {token.description || "No description"}
          </dd>
        </dl>
        <p>
          {lastUseText(token, now)} From this moment every request with it is refused.{" "}
          {verb === "Disable" ? "You can enable it again." : "This cannot be undone."}
        </p>
        {token.current ? (
          <Notice tone="warning">
            This is the sign-in of this browser: you will be signed out.
          </Notice>
        ) : null}
        {isNameNeeded ? (
          <Field label="It is in use. Type its name to confirm.">
            {(control) => (
              <Input
                {...control}
                data-autofocus
                autoComplete="off"
                spellCheck={false}
                className="font-mono"
                placeholder={token.name}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        {error ? (
          <Notice tone="danger" alert>
            {error}
          </Notice>
        ) : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="danger"
            disabled={!isConfirmed || isPending}
            aria-busy={isPending}
          >
            {verb}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
