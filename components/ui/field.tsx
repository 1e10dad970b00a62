import clsx from "clsx";
import { type ComponentProps, type ReactNode, useId } from "react";

export const inputClass =
  "block w-full rounded-md border border-line-strong bg-surface px-3 py-1.5 text-base text-ink placeholder:text-muted aria-invalid:border-danger [&[readonly]]:bg-sunken disabled:opacity-60";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  onEdit?: () => void;
  children: (control: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": true | undefined;
  }) => ReactNode;
}

/** A label, its control, and below it what is allowed or what is wrong. */
export function Field({ label, hint, error, onEdit, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className="grid gap-1.5" onChange={onEdit}>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": hint || error ? noteId : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      <FieldNote id={noteId} hint={hint} error={error} />
    </div>
  );
}

interface FieldNoteProps {
  id: string;
  hint?: ReactNode;
  error?: string | undefined;
}

export function FieldNote({ id, hint, error }: FieldNoteProps) {
  if (error) {
    return (
      <p id={id} className="text-danger text-sm">
        {error}
      </p>
    );
  }
  return hint ? (
    <p id={id} className="text-muted text-sm">
      {hint}
    </p>
  ) : null;
}

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={clsx(inputClass, "h-9", className)} {...props} />;
}

export function Select({ className, ...props }: ComponentProps<"select">) {
  return <select className={clsx(inputClass, "h-9 pr-8", className)} {...props} />;
}
