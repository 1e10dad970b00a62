import { CircleHelp, Monitor, Smartphone, Terminal } from "lucide-react";
import type { Device } from "./device";

const ICONS = {
  computer: Monitor,
  phone: Smartphone,
  program: Terminal,
  unknown: CircleHelp,
} as const;

export function DeviceName({ device }: { device: Device }) {
  const Icon = ICONS[device.kind];
  return (
    <span className="inline-flex min-w-0 items-start gap-2">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <span className="min-w-0 break-words">{device.text}</span>
    </span>
  );
}
