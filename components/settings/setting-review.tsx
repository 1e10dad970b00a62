"use client";

import { ArrowRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../ui/button";
import { DialogActions } from "../ui/dialog";
import { Notice } from "../ui/notice";
import type { EffectView, PreviewView } from "./actions";
import { effectText, endingText, type LongerLived, NOUNS } from "./effect-text";
import { ListLink } from "./list-link";
import { countText, type SettingView, valueText } from "./setting-view";
import { ShortenChoice } from "./shorten-choice";

interface SettingReviewProps {
  setting: SettingView;
  preview: PreviewView;
  isPending: boolean;
  problem: string | null;
  onBack: () => void;
  onSave: (options: { shortens: boolean }) => void;
}

/** What a value would touch, before it is saved, and the choice that goes with it. */
export function SettingReview(props: SettingReviewProps) {
  const { setting, preview, isPending, problem, onBack, onSave } = props;
  const { value, wanted, effect, countMax } = preview;
  const isChange = value !== wanted;
  const longer = effect.kind === "longer-lived" && effect.count > 0 ? effect : null;
  const [isShortening, setShortening] = useState(!isChange);
  const shortened = isShortening ? longer : null;
  const start = useRef<HTMLDivElement>(null);
  useEffect(() => start.current?.focus(), []);

  return (
    <div ref={start} tabIndex={-1} className="grid gap-4 outline-none">
      {isChange ? <FromTo setting={setting} value={value} wanted={wanted} /> : null}
      <Finding setting={setting} preview={preview} />
      <Caution effect={effect} />
      {longer && isChange ? (
        <ShortenChoice
          effect={longer}
          wanted={valueText(setting, wanted)}
          isShortening={isShortening}
          onChange={setShortening}
        />
      ) : null}
      <div role="status" className="empty:hidden">
        {shortened ? <Ending effect={shortened} countMax={countMax} /> : null}
      </div>
      <Problem text={problem} />
      <DialogActions>
        <Button onClick={onBack}>Back</Button>
        {isChange || longer ? (
          <Button
            variant={isHarmful(effect, shortened) ? "danger" : "primary"}
            disabled={isPending}
            aria-busy={isPending}
            onClick={() => onSave({ shortens: shortened !== null })}
          >
            {isPending ? "Saving…" : saveLabel(isChange, shortened, countMax)}
          </Button>
        ) : null}
      </DialogActions>
    </div>
  );
}

function FromTo(props: { setting: SettingView; value: string; wanted: string }) {
  const { setting, value, wanted } = props;
  return (
    <p className="flex flex-wrap items-center gap-x-2 rounded-md bg-sunken px-3 py-2.5">
      <span className="sr-only">From </span>
      <span className="text-muted">{valueText(setting, value)} </span>
      <ArrowRight aria-label="to" role="img" className="size-4 text-muted" />
      <strong className="font-semibold">{valueText(setting, wanted)} </strong>
      {wanted === setting.usual ? <span className="text-muted">(the default)</span> : null}
    </p>
  );
}

function Finding({ setting, preview }: Pick<SettingReviewProps, "setting" | "preview">) {
  const { value, wanted, effect } = preview;
  const hasList = "count" in effect && effect.count > 0;
  const isOffered = effect.kind === "longer-lived" && hasList;
  if (value === wanted && !isOffered) {
    const text = `It is ${valueText(setting, value)} already: there is nothing to save.`;
    return <Notice tone="info">{text}</Notice>;
  }
  return (
    <p>
      {effectText(preview, valueText(setting, wanted))}{" "}
      {hasList ? <ListLink name={setting.name} value={wanted} /> : null}
    </p>
  );
}

function Caution({ effect }: { effect: EffectView }) {
  if (effect.kind === "locked-out" && effect.includesOwn) {
    return (
      <Notice tone="danger">
        You are one of them. Link your own account to the identity provider first.
      </Notice>
    );
  }
  if (effect.kind === "idle-revived" && effect.count > 0) {
    return <Notice tone="warning">Whoever holds one of these browsers is signed in again.</Notice>;
  }
  return null;
}

function Problem({ text }: { text: string | null }) {
  return text ? (
    <Notice tone="danger" alert>
      {text}
    </Notice>
  ) : null;
}

function Ending({ effect, countMax }: { effect: LongerLived; countMax: number }) {
  const text = endingText(effect, countMax);
  return text ? (
    <Notice tone="warning">{text}</Notice>
  ) : (
    <Notice tone="info">
      {effect.count === 1 ? "It does not end at once." : "None of them ends at once."}
    </Notice>
  );
}

function isHarmful(effect: EffectView, shortened: LongerLived | null): boolean {
  return effect.kind === "locked-out" ? effect.count > 0 : (shortened?.ending ?? 0) > 0;
}

function saveLabel(isChange: boolean, shortened: LongerLived | null, countMax: number): string {
  if (!shortened) return "Save";
  const what = countText(shortened.count, NOUNS[shortened.of], countMax);
  return isChange ? `Save and shorten ${what}` : `Shorten ${what}`;
}
