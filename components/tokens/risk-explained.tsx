import { RISK_MAX } from "@/domain/tokens/risk";

// docs/risk.md in short.
const PARTS = [
  ["It never expires", "25"],
  ["Else: it lives longer than 365 days, or than 90", "15, 8"],
  ["It lives longer than the maximum allows today", "10"],
  ["It was not used for 180, 90 or 30 days", "20, 12, 5"],
  ["– and was never used at all", "5 more"],
  ["It was used from more than 10 networks, or more than 3", "10, 5"],
  ["Its owner is disabled", "15"],
  ["Its owner is an administrator, or a verifier", "14, 5"],
] as const;

interface RiskExplainedProps {
  risk: { score: number; reasons: readonly string[] };
}

/** The score, why, and on demand what it is made of. */
export function RiskExplained({ risk }: RiskExplainedProps) {
  return (
    <div>
      <p>
        <span className="font-medium">Risk {risk.score}</span>{" "}
        <span className="text-muted text-sm">of {RISK_MAX}</span>
      </p>
      <p className="text-muted text-sm">{reasonsOf(risk)}</p>
      <details className="mt-1 text-sm">
        <summary className="cursor-pointer rounded-sm text-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
          What the score means
        </summary>
        <p className="mt-2">
          0 is for what cannot be used. Every other token has 1, and these points on top:
        </p>
        <dl className="mt-1 max-w-xl divide-y divide-line">
          {PARTS.map(([what, points]) => (
            <div key={what} className="flex justify-between gap-4 py-1">
              <dt>{what}</dt>
              <dd className="shrink-0 tabular-nums">{points}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-2 text-muted">
          A network is 256 addresses of IPv4 or a /64 of IPv6. The list in the order of risk may be
          a minute behind.
        </p>
      </details>
    </div>
  );
}

function reasonsOf({ score, reasons }: RiskExplainedProps["risk"]): string {
  if (score === 0) return "It cannot be used: it has expired or is disabled.";
  return reasons.length > 0 ? reasons.join(" · ") : "Nothing speaks against it.";
}
