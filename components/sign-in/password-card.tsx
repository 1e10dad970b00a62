import type { ReactNode } from "react";

export function PasswordCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-4 rounded-lg border border-line bg-surface p-5 shadow-sm sm:p-6">
      <h1 className="font-semibold text-lg">{title}</h1>
      {children}
    </div>
  );
}
