import { ShieldCheck } from "lucide-react";
import type { Role } from "@/domain/actor";
import { ROLES } from "./roles";

/** Administrators stand out by shape and weight, not by colour alone. */
export function RoleBadge({ role }: { role: Role }) {
  if (role !== "admin") return <span className="text-muted">{ROLES[role].name}</span>;
  return (
    <span className="inline-flex items-center gap-1.5 font-medium">
      <ShieldCheck aria-hidden className="size-3.5 shrink-0 text-accent" />
      {ROLES.admin.name}
    </span>
  );
}
