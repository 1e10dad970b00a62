"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "./button";
import { inputClass } from "./field";

interface CopyFieldProps {
  label: string;
  value: string;
  /** The accessible name of the button. */
  copyLabel: string;
  multiline?: boolean;
  focused?: boolean;
  /** The value has been copied, by the button or by hand. */
  onCopied?: () => void;
}

const FEEDBACK_MS = 2_000;

/** A read-only value with a copy button that says what happened, also where the clipboard is refused. */
export function CopyField(props: CopyFieldProps) {
  const { label, value, copyLabel, multiline, focused, onCopied } = props;
  const id = useId();
  const control = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);

  useEffect(() => {
    if (outcome !== "copied") return;
    const timer = setTimeout(() => setOutcome(null), FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const handleCopy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome("copied");
      onCopied?.();
    } catch {
      control.current?.focus();
      control.current?.select();
      // The old way still works where the new one is denied, as on plain http.
      setOutcome(document.execCommand("copy") ? "copied" : "refused");
    }
  };

  const shared = {
    id,
    ref: control,
    readOnly: true,
    value,
    spellCheck: false,
    autoComplete: "off",
    onFocus: () => control.current?.select(),
    onCopy: onCopied,
    className: `${inputClass} font-mono text-sm`,
  };
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <div className="flex items-start gap-2">
        {multiline ? (
          <textarea {...shared} rows={3} className={`${shared.className} resize-none break-all`} />
        ) : (
          <input
            {...shared}
            data-autofocus={focused || undefined}
            className={`${shared.className} h-9`}
          />
        )}
        <Button onClick={handleCopy} aria-label={copyLabel}>
          {outcome === "copied" ? (
            <Check aria-hidden className="size-4" />
          ) : (
            <Copy aria-hidden className="size-4" />
          )}
          <span className="w-12 text-left">{outcome === "copied" ? "Copied" : "Copy"}</span>
        </Button>
      </div>
      <p role="status" className="text-danger text-sm empty:hidden">
        {outcome === "refused"
          ? "The browser refused. The text is selected: press Ctrl or ⌘ + C."
          : null}
        {outcome === "copied" ? <span className="sr-only">{label} copied</span> : null}
      </p>
    </div>
  );
}
