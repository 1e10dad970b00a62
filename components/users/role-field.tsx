"use client";

import { useId } from "react";
import type { Role } from "@/domain/actor";
import { FieldNote } from "../ui/field";
import { ROLES } from "./roles";

interface RoleFieldProps {
  value: Role;
  onChange: (role: Role) => void;
  hint?: string | undefined;
  error?: string | undefined;
}

const ORDER = ["user", "verifier", "admin"] as const;

/** The three roles with what each allows, because the names alone do not say it. */
export function RoleField({ value, onChange, hint, error }: RoleFieldProps) {
  const id = useId();
  return (
    <div
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-describedby={hint || error ? `${id}-note` : undefined}
      className="grid gap-1.5"
    >
      <span id={`${id}-label`} className="font-medium text-sm">
        Role
      </span>
      <div className="divide-y divide-line overflow-hidden rounded-md border border-line-strong/60">
        {ORDER.map((role) => (
          <label
            key={role}
            className="relative flex items-baseline gap-3 px-3 py-2 has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-2 hover:bg-sunken"
          >
            <input
              type="radio"
              name="role"
              value={role}
              aria-label={ROLES[role].name}
              aria-describedby={`${id}-${role}`}
              checked={value === role}
              onChange={() => onChange(role)}
              className="size-3.5 translate-y-0.5 accent-accent"
            />
            <span className="grid sm:grid-cols-[7.5rem_1fr] sm:gap-2">
              <span className="font-medium">{ROLES[role].name}</span>
              <span id={`${id}-${role}`} className="text-muted text-sm">
                {ROLES[role].allows}
              </span>
            </span>
          </label>
        ))}
      </div>
      <FieldNote id={`${id}-note`} hint={hint} error={error} />
    </div>
  );
}
