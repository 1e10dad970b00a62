"use client";

import { useState } from "react";
import { ExpiryField, focusUnresolved } from "../tokens/expiry-field";
import type { Viewer } from "../tokens/token-view";
import { Button } from "../ui/button";
import { DialogActions } from "../ui/dialog";
import { Notice } from "../ui/notice";

export interface WantedExpiry {
  action: "extend" | "shorten";
  expiresAt: string;
}

interface ExpiryStepProps {
  viewer: Viewer;
  isPending: boolean;
  problem: string | null;
  onReview: (wanted: WantedExpiry) => void;
  onClose: () => void;
}

/** Whether tokens are to end sooner or later, and when. */
export function ExpiryStep({ viewer, isPending, problem, onReview, onClose }: ExpiryStepProps) {
  const [action, setAction] = useState<WantedExpiry["action"]>("shorten");
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        if (isPending || focusUnresolved(form)) return;
        onReview({ action, expiresAt: String(new FormData(form).get("expiresAt")) });
      }}
    >
      {viewer.canExtend ? (
        <fieldset className="grid gap-2">
          <legend className="mb-1.5 font-medium text-sm">What shall happen?</legend>
          <Direction
            value="shorten"
            chosen={action}
            label="Shorten"
            hint="What would end later ends then. Nothing is extended."
            onChoose={setAction}
          />
          <Direction
            value="extend"
            chosen={action}
            label="Extend"
            hint="What would end sooner ends then, as far as the longest lifetime allows. Nothing is shortened."
            onChoose={setAction}
          />
        </fieldset>
      ) : (
        <p className="text-muted">
          What would end later ends then. Only an administrator can extend tokens.
        </p>
      )}
      <ExpiryField draft="bulk" viewer={viewer} error={problem ?? undefined} />
      {problem ? (
        <Notice tone="danger" alert>
          {problem}
        </Notice>
      ) : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isPending} aria-busy={isPending}>
          {isPending ? "Looking…" : "Review change"}
        </Button>
      </DialogActions>
    </form>
  );
}

interface DirectionProps {
  value: WantedExpiry["action"];
  chosen: WantedExpiry["action"];
  label: string;
  hint: string;
  onChoose: (value: WantedExpiry["action"]) => void;
}

function Direction({ value, chosen, label, hint, onChoose }: DirectionProps) {
  return (
    <label className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft">
      <input
        type="radio"
        name="direction"
        value={value}
        checked={value === chosen}
        aria-describedby={`direction-${value}`}
        aria-label={label}
        className="mt-1 accent-(--accent)"
        onChange={() => onChoose(value)}
      />
      <span>
        <span className="block font-medium">{label}</span>
        <span id={`direction-${value}`} className="block text-muted text-sm">
          {hint}
        </span>
      </span>
    </label>
  );
}
