"use client";

import { useEffect, useRef, useState, useTransition } from "react";
import type { FormState } from "../form-state";
import { useWithProof } from "../proof/proof-provider";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Notice } from "../ui/notice";
import { useFieldErrors } from "../use-field-errors";
import type { PreviewView, SettingActions } from "./actions";
import { type Draft, toDraft, toValue } from "./draft";
import { NOUNS } from "./effect-text";
import { SettingField } from "./setting-field";
import { SettingReview } from "./setting-review";
import { changerText, type SettingView, valueText } from "./setting-view";
import { ShortenProgress } from "./shorten-progress";
import { useShortening } from "./use-shortening";

interface ChangeSettingDialogProps {
  setting: SettingView;
  /** What was looked at already; idle to begin with the field. */
  looked: FormState<PreviewView>;
  /** What the field begins with. */
  value: string;
  actions: SettingActions;
  onSaved: () => void;
  /** What is shown is not what is stored. */
  onStale: () => void;
  onClose: () => void;
}

const IDLE: FormState<PreviewView> = { status: "idle" };
const EMPTY: FormState<PreviewView> = {
  status: "failed",
  message: "",
  fields: { value: "Enter a number." },
  conflict: false,
  missing: false,
  needsProof: false,
};

/** Changes a setting in two steps: what it shall be, and what that touches, before it is saved. */
export function ChangeSettingDialog(props: ChangeSettingDialogProps) {
  const { setting, actions, onSaved, onStale, onClose } = props;
  const withProof = useWithProof();
  const [draft, setDraft] = useState(() => toDraft(setting, props.value));
  const [looked, setLooked] = useState(props.looked);
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const shortening = useShortening(actions.shorten);
  const { name, resourceVersion } = setting;

  // What is typed stays, whatever the answer is.
  const handleAnswer = (answer: FormState<PreviewView>) => {
    if (answer.status === "failed" && answer.conflict) onStale();
    setProblem(null);
    setLooked(answer);
  };

  const handleLook = () => {
    const value = toValue(setting, draft);
    if (value === "") return handleAnswer({ ...EMPTY });
    startTransition(async () =>
      handleAnswer(await actions.preview({ name, value, resourceVersion })),
    );
  };

  const handleSave = ({ wanted, value, effect }: PreviewView, shortens: boolean) => {
    startTransition(async () => {
      if (wanted !== value) {
        const answer = await withProof(() =>
          actions.update({ name, value: wanted, resourceVersion }),
        );
        if (answer.status !== "done") return handleRefusal(answer);
        onSaved();
      }
      if (!shortens || effect.kind !== "longer-lived") return onClose();
      void shortening.start({ name, value: wanted }, effect.count);
    });
  };

  const handleRefusal = (answer: FormState) => {
    if (answer.status !== "failed") return;
    const isOfField = answer.conflict || Object.keys(answer.fields).length > 0;
    if (isOfField) handleAnswer(answer);
    else setProblem(answer.message);
  };

  const preview = looked.status === "done" ? looked.result : null;
  const noun = preview?.effect.kind === "longer-lived" ? NOUNS[preview.effect.of] : "token";
  const handleClose = () => {
    if (shortening.state) onSaved();
    onClose();
  };
  return (
    <Dialog title={setting.title} onClose={handleClose}>
      {preview && shortening.state ? (
        <ShortenProgress
          name={name}
          noun={noun}
          wanted={valueText(setting, preview.wanted)}
          shortening={shortening.state}
          countMax={preview.countMax}
          onGoOn={() => void shortening.goOn({ name, value: preview.wanted })}
          onClose={handleClose}
        />
      ) : preview ? (
        <SettingReview
          setting={setting}
          preview={preview}
          isPending={isPending}
          problem={problem}
          onBack={() => {
            setProblem(null);
            setLooked(IDLE);
          }}
          onSave={({ shortens }) => handleSave(preview, shortens)}
        />
      ) : (
        <EditStep
          setting={setting}
          draft={draft}
          looked={looked}
          isPending={isPending}
          onChange={setDraft}
          onLook={handleLook}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

function EditStep(props: {
  setting: SettingView;
  draft: Draft;
  looked: FormState<PreviewView>;
  isPending: boolean;
  onChange: (draft: Draft) => void;
  onLook: () => void;
  onClose: () => void;
}) {
  const { setting, draft, looked, isPending, onChange, onLook, onClose } = props;
  const form = useRef<HTMLFormElement>(null);
  const problemOf = useFieldErrors(form, looked);
  // Also after a step back, when what had the focus is gone.
  useEffect(() => form.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus(), []);
  return (
    <form
      ref={form}
      noValidate
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) onLook();
      }}
    >
      <p className="-mt-2 text-muted">{setting.meaning}</p>
      <SettingField setting={setting} draft={draft} onChange={onChange} {...problemOf("value")} />
      <Refusal setting={setting} looked={looked} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isPending} aria-busy={isPending}>
          {isPending ? "Looking…" : "Review change"}
        </Button>
      </DialogActions>
    </form>
  );
}

function Refusal({ setting, looked }: { setting: SettingView; looked: FormState<PreviewView> }) {
  if (looked.status !== "failed" || Object.keys(looked.fields).length > 0) return null;
  if (!looked.conflict) {
    return (
      <Notice tone="danger" alert>
        {looked.message}
      </Notice>
    );
  }
  const who = setting.changed ? changerText(setting.changed.by) : "Somebody";
  return (
    <Notice tone="warning" alert>
      Changed meanwhile, so nothing was saved: {who} made it {valueText(setting, setting.value)}.
      What you typed is still here; review it again to save it all the same.
    </Notice>
  );
}
