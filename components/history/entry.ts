/** An event of the audit trail, as a history shows it. */
export interface HistoryEntry {
  seq: number;
  at: Date;
  actorId: string | null;
  actorName: string;
  actorToken: string | null;
  action: string;
  objectKind: string;
  objectName: string;
  objectUsername: string | null;
  outcome: "success" | "failure" | "denied";
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  address: string | null;
}
