import type { ReactNode } from "react";
import type { TokenState } from "@/domain/tokens/lifecycle";

const STATE_NAMES: Record<TokenState, string> = {
  active: "Active",
  "expires-soon": "Expires soon",
  expired: "Expired",
  disabled: "Disabled",
};

const STYLES: Record<TokenState, string> = {
  active: "state text-accent",
  "expires-soon": "state text-warning",
  expired: "state text-danger",
  disabled: "state text-muted",
};

// Told by shape and word as well as colour: full, waning, a cross, and paused.
const SHAPES: Record<TokenState, ReactNode> = {
  active: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  "expires-soon": (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 2a4 4 0 0 1 0 8Z" fill="currentColor" />
    </>
  ),
  expired: <path d="m3 3 6 6M9 3 3 9" stroke="currentColor" strokeWidth="1.75" />,
  disabled: <path d="M4 2.5v7M8 2.5v7" stroke="currentColor" strokeWidth="2" />,
};

export function StateBadge({ state }: { state: TokenState }) {
  return (
    <span className={STYLES[state]}>
      <svg viewBox="0 0 12 12" aria-hidden>
        {SHAPES[state]}
      </svg>
      {STATE_NAMES[state]}
    </span>
  );
}
