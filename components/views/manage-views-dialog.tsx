"use client";

import { useState, useTransition } from "react";
import type { SavedView, ViewList } from "@/domain/views/view";
import type { FormState } from "../form-state";
import { Dialog } from "../ui/dialog";
import { Notice } from "../ui/notice";
import type { ViewActions } from "./actions";
import { ManagedView } from "./managed-view";

interface ManageViewsDialogProps {
  list: ViewList;
  views: readonly SavedView[];
  actions: ViewActions;
  onChanged: () => Promise<void>;
  onClose: () => void;
}

/** Every view that its reader may change, one below the other. */
export function ManageViewsDialog(props: ManageViewsDialogProps) {
  const { list, views, actions, onChanged, onClose } = props;
  const [error, setError] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();

  const perform = (change: () => Promise<FormState>) => {
    setError(null);
    startTransition(async () => {
      const answer = await change();
      if (answer.status === "failed") setError(answer.fields.name ?? answer.message);
      await onChanged();
    });
  };

  return (
    <Dialog title="Manage views" onClose={onClose} wide>
      {error ? (
        <div className="mb-4">
          <Notice tone="danger" alert>
            {error}
          </Notice>
        </div>
      ) : null}
      {views.length === 0 ? (
        <p data-autofocus tabIndex={-1} className="text-muted">
          No view is left.
        </p>
      ) : null}
      <ul aria-busy={isPending} className="divide-y divide-line border-line border-y">
        {views.map((view) => (
          <ManagedView
            key={view.id}
            view={view}
            canShare={list === "all"}
            onRename={(name) => perform(() => actions.update(view.id, { name }))}
            onShare={(isShared) => perform(() => actions.update(view.id, { isShared }))}
            onDefault={(isDefault) =>
              perform(() => actions.setDefault(list, isDefault ? view.id : null))
            }
            onDelete={() => perform(() => actions.remove(view.id))}
          />
        ))}
      </ul>
    </Dialog>
  );
}
