"use client";

import { useState } from "react";
import type { FormState } from "../form-state";
import { Button } from "../ui/button";
import { DialogActions } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { Notice } from "../ui/notice";
import type { BulkAction, BulkPreviewView } from "./actions";
import { BulkFindings } from "./bulk-findings";
import { BULK_WORDS, tokensText } from "./words";

interface BulkReviewProps {
  action: BulkAction;
  expiresAt: string | null;
  isReasonNeeded: boolean;
  looked: FormState<BulkPreviewView>;
  isPending: boolean;
  problem: string | null;
  onStart: (preview: BulkPreviewView, reason: string) => void;
  onBack: (() => void) | null;
  onClose: () => void;
}

// Up to so many are deleted without their number typed.
const FEW = 5;
const REASON_LENGTH_MAX = 500;

/** What was found out, the reason, and the button that begins. */
export function BulkReview(props: BulkReviewProps) {
  const { action, expiresAt, isReasonNeeded, looked, isPending, problem, onClose, onBack } = props;
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [isReasonMissing, setReasonMissing] = useState(false);
  const preview = looked.status === "done" ? looked.result : null;
  const wanted = preview && action === "delete" ? wantedText(preview.total) : null;
  const isConfirmed = wanted === null || typed.trim().replaceAll(/[,.\s]/g, "") === wanted;
  const isEmpty = preview?.total.count === 0;

  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!preview || isPending || !isConfirmed || isEmpty) return;
        if (isReasonNeeded && reason.trim() === "") return setReasonMissing(true);
        props.onStart(preview, reason);
      }}
    >
      <div aria-live="polite" aria-busy={looked.status === "idle"} className="grid gap-3">
        <Looked looked={looked} action={action} expiresAt={expiresAt} />
      </div>
      {preview && !isEmpty ? (
        <ReasonField
          value={reason}
          isNeeded={isReasonNeeded}
          isMissing={isReasonMissing}
          onChange={(value) => {
            setReason(value);
            setReasonMissing(false);
          }}
        />
      ) : null}
      {wanted && !isEmpty ? <TypedField wanted={wanted} value={typed} onChange={setTyped} /> : null}
      {problem ? (
        <Notice tone="danger" alert>
          {problem}
        </Notice>
      ) : null}
      <DialogActions>
        <a
          href="/bulk"
          className="mr-auto self-center rounded-sm text-muted text-sm underline underline-offset-4 hover:text-ink"
        >
          Recent bulk actions
        </a>
        {onBack ? (
          <Button onClick={onBack}>Back</Button>
        ) : (
          <Button onClick={onClose}>Cancel</Button>
        )}
        {isEmpty ? null : (
          <Button
            type="submit"
            variant={action === "enable" || action === "extend" ? "primary" : "danger"}
            disabled={!preview || !isConfirmed || isPending}
            aria-busy={isPending}
          >
            {buttonText(action, preview, isPending)}
          </Button>
        )}
      </DialogActions>
    </form>
  );
}

function Looked({
  looked,
  action,
  expiresAt,
}: Pick<BulkReviewProps, "looked" | "action" | "expiresAt">) {
  if (looked.status === "idle") return <p className="text-muted">Looking at what this touches…</p>;
  if (looked.status === "failed") return <Notice tone="danger">{looked.message}</Notice>;
  return <BulkFindings action={action} expiresAt={expiresAt} preview={looked.result} />;
}

interface ReasonFieldProps {
  value: string;
  isNeeded: boolean;
  isMissing: boolean;
  onChange: (value: string) => void;
}

function ReasonField({ value, isNeeded, isMissing, onChange }: ReasonFieldProps) {
  return (
    <Field
      label={isNeeded ? "Reason" : "Reason (optional)"}
      hint="The audit trail keeps it with every token that changes."
      error={isMissing ? "Say why, for those it touches." : undefined}
    >
      {(control) => (
        <Input
          {...control}
          autoFocus
          required={isNeeded}
          maxLength={REASON_LENGTH_MAX}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

interface TypedFieldProps {
  wanted: string;
  value: string;
  onChange: (value: string) => void;
}

function TypedField({ wanted, value, onChange }: TypedFieldProps) {
  return (
    <Field label={`This cannot be undone. Type ${wanted} to confirm.`}>
      {(control) => (
        <Input
          {...control}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="w-40!"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function buttonText(action: BulkAction, preview: BulkPreviewView | null, isPending: boolean) {
  const words = BULK_WORDS[action];
  if (!preview) return words.do;
  if (isPending) return "Starting…";
  return `${words.do} ${tokensText(preview.total.count, preview.total.isMore)}`;
}

// Of more than can be counted nobody can type the number.
function wantedText({ count, isMore }: BulkPreviewView["total"]): string | null {
  if (isMore) return "delete";
  return count > FEW ? String(count) : null;
}
