"use client";

import { useState, useTransition } from "react";
import type { ViewList } from "@/domain/views/view";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { Notice } from "../ui/notice";
import type { ViewActions } from "./actions";

interface SaveViewDialogProps {
  list: ViewList;
  query: string;
  action: ViewActions["save"];
  onSaved: (id: number, name: string) => void;
  onClose: () => void;
}

export function SaveViewDialog({ list, query, action, onSaved, onClose }: SaveViewDialogProps) {
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  const [isDefault, setDefault] = useState(false);
  const [failure, setFailure] = useState<{ message: string; name?: string | undefined } | null>(
    null,
  );
  const [isPending, startTransition] = useTransition();

  const handleSave = () => {
    startTransition(async () => {
      const answer = await action({ list, name, query, isShared, isDefault });
      if (answer.status === "done") return onSaved(answer.result, name.trim());
      if (answer.status !== "failed") return;
      setFailure({ message: answer.message, name: answer.fields.name });
    });
  };

  return (
    <Dialog title="Save this view" onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) handleSave();
        }}
      >
        <Field
          label="Name"
          hint="The filters and the order are saved. Columns and density stay yours."
          error={failure?.name}
          onEdit={() => setFailure(null)}
        >
          {(control) => (
            <Input
              {...control}
              data-autofocus
              autoComplete="off"
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {list === "all" ? (
          <Choice label="Share with all administrators" checked={isShared} onChange={setShared} />
        ) : null}
        <Choice label="Make it my default" checked={isDefault} onChange={setDefault} />
        {failure && !failure.name ? (
          <Notice tone="danger" alert>
            {failure.message}
          </Notice>
        ) : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={isPending} aria-busy={isPending}>
            Save view
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

interface ChoiceProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Choice({ label, checked, onChange }: ChoiceProps) {
  return (
    <label className="flex items-center gap-2.5">
      <input
        type="checkbox"
        className="size-4 accent-(--accent)"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}
