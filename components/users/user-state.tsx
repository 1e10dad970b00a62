import { CirclePause } from "lucide-react";

/** Whether a user is let in. Most are, so that only who is not stands out. */
export function UserState({ enabled }: { enabled: boolean }) {
  if (enabled) return <span className="text-muted">Enabled</span>;
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-danger">
      <CirclePause aria-hidden className="size-3.5 shrink-0" />
      Disabled
    </span>
  );
}
