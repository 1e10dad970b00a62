import type { TokenView } from "./token-view";

/** How dangerous a token is and why; nothing of one that cannot be used. */
export function riskCell({ riskScore, riskReasons }: TokenView) {
  if (riskScore === 0) return <td />;
  return (
    <td title={riskReasons || undefined}>
      <b className={riskLevel(riskScore)}>{riskScore}</b> {riskReasons}
    </td>
  );
}

function riskLevel(score: number): string | undefined {
  if (score >= 50) return "risk-high";
  return score >= 25 ? "risk-medium" : undefined;
}
