import { type ReactNode, useId } from "react";

interface SwitchProps {
  label: string;
  name: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hint?: ReactNode;
}

export function Switch({ label, name, checked, onChange, hint }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="grid gap-0.5">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        <p id={`${id}-note`} className="text-muted text-sm">
          {hint}
        </p>
      </div>
      <span className="relative mt-0.5 inline-flex">
        <input
          id={id}
          type="checkbox"
          role="switch"
          name={name}
          value="true"
          checked={checked}
          aria-checked={checked}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.target.checked)}
          className="peer h-6 w-10 cursor-pointer appearance-none rounded-full border border-line-strong bg-sunken transition-colors checked:border-accent checked:bg-accent"
        />
        <span
          aria-hidden
          className="pointer-events-none absolute top-1 left-1 size-4 rounded-full bg-line-strong transition-[translate] duration-100 peer-checked:translate-x-4 peer-checked:bg-on-accent"
        />
      </span>
    </div>
  );
}
