import type { TokenState } from "@/domain/tokens/lifecycle";

const STATE_NAMES: Record<TokenState, string> = {
  active: "Active",
  "expires-soon": "Expires soon",
  expired: "Expired",
  disabled: "Disabled",
};

/** A state by shape and word as well as colour; the shapes are drawn in globals.css. */
export function StateBadge({ state }: { state: TokenState }) {
  return <span className={`state state-${state}`}>{STATE_NAMES[state]}</span>;
}
