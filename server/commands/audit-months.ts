import { once } from "node:events";
import { operatorActor } from "@/domain/actor";
import {
  dropMonth as drop,
  exportMonth as exported,
  listDetachedMonths,
  pruneTrail,
} from "@/domain/audit/retain";

/** Takes off the months that are old enough. */
export async function prune(): Promise<number> {
  const months = await pruneTrail(operatorActor());
  for (const month of months) console.log(`${month} was taken off the trail.`);
  console.log(
    months.length === 0
      ? "No month is older than audit-retention-days."
      : "Their events are kept until you drop them: npm run audit -- export <month>, then drop.",
  );
  return 0;
}

export async function listMonths(): Promise<number> {
  for (const month of await listDetachedMonths()) {
    const kept = month.exportedAt ? "kept, exported" : "kept, not exported";
    const state = month.droppedAt ? "dropped" : kept;
    console.log(`${month.name}: events ${month.firstSeq} to ${month.lastSeq}, ${state}`);
  }
  return 0;
}

/** Writes the events of a month that was taken off, as fast as they are read. */
export async function exportMonth(month: string): Promise<number> {
  for await (const chunk of exported(month)) {
    if (!process.stdout.write(chunk)) await once(process.stdout, "drain");
  }
  return 0;
}

export async function dropMonth(month: string, options: { isForced: boolean }): Promise<number> {
  await drop(operatorActor(), month, options);
  console.log(`The events of ${month} were deleted.`);
  return 0;
}
