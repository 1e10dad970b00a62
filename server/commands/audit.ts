import { verifyAuditTrail } from "@/domain/audit/verify";
import { runOnDatabase } from "./operator-database";

/** Checks the hash chain of the audit trail; the exit code is 1 when an event does not fit. */
export function run(): Promise<number> {
  return runOnDatabase(async () => {
    const { events, brokenAt } = await verifyAuditTrail();
    if (brokenAt === null) {
      console.log(`The audit trail is whole: ${events} events.`);
      return 0;
    }
    console.log(`The audit trail was changed: event ${brokenAt} of ${events} does not fit.`);
    return 1;
  });
}
