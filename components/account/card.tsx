import { type ReactNode, useId } from "react";

interface CardProps {
  title: string;
  hint?: ReactNode;
  children: ReactNode;
}

export function Card({ title, hint, children }: CardProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-lg border border-line bg-surface p-4 sm:p-5">
      <h2 id={id} className="font-medium">
        {title}
      </h2>
      {hint ? <p className="mt-1 text-muted text-sm">{hint}</p> : null}
      <div className="mt-4">{children}</div>
    </section>
  );
}
