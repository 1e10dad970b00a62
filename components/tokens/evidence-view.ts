/** What the console shows of who and what uses a token. */
export interface EvidenceView {
  status: "in use" | "idle" | "never used";
  firstUsedAt: Date | null;
  lastUsedAt: Date | null;
  addresses: readonly SightedView[];
  userAgents: readonly SightedView[];
  networks: number;
  /** How often on each of the last 30 days of UTC; the last one is today. */
  days: readonly number[];
  risk: { score: number; reasons: readonly string[] };
}

export interface SightedView {
  value: string;
  firstAt: Date;
  lastAt: Date;
  uses: number;
}
