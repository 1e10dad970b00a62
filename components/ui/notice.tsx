import clsx from "clsx";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const TONES = {
  danger: { className: "bg-danger-soft text-danger", Icon: CircleAlert },
  warning: { className: "bg-warning-soft text-warning", Icon: TriangleAlert },
  info: { className: "bg-sunken text-ink", Icon: Info },
} as const;

interface NoticeProps {
  tone: keyof typeof TONES;
  children: ReactNode;
  /** Spoken at once when it appears. */
  alert?: boolean;
}

export function Notice({ tone, children, alert }: NoticeProps) {
  const { className, Icon } = TONES[tone];
  return (
    <div
      role={alert ? "alert" : undefined}
      className={clsx("flex gap-2.5 rounded-md px-3 py-2.5 text-sm", className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
