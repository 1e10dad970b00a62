"use client";

import { useId } from "react";

export type FirstSignIn = "link" | "password";

interface FirstSignInFieldProps {
  value: FirstSignIn;
  onChange: (value: FirstSignIn) => void;
}

const CHOICES = [
  { value: "link", label: "One-time link", note: "They choose a password that only they know." },
  { value: "password", label: "Password", note: "You type it and tell them." },
] as const;

/** How a new user gets in for the first time. */
export function FirstSignInField({ value, onChange }: FirstSignInFieldProps) {
  const id = useId();
  const chosen = CHOICES.find((choice) => choice.value === value);
  return (
    <div
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-note`}
      className="grid gap-1.5"
    >
      <span id={`${id}-label`} className="font-medium text-sm">
        First sign-in
      </span>
      <div className="flex flex-wrap gap-1.5">
        {CHOICES.map((choice) => (
          <label
            key={choice.value}
            className="relative rounded-md border border-line-strong/60 bg-surface px-2.5 py-1 text-sm has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2 hover:bg-sunken"
          >
            <input
              type="radio"
              name="firstSignIn"
              value={choice.value}
              checked={value === choice.value}
              onChange={() => onChange(choice.value)}
              className="absolute inset-0 appearance-none opacity-0"
            />
            {choice.label}
          </label>
        ))}
      </div>
      <p id={`${id}-note`} className="text-muted text-sm">
        {chosen?.note}
      </p>
    </div>
  );
}
