import { type Verification, verifyAuditTrail } from "@/domain/audit/verify";

const PROBLEMS: Record<NonNullable<Verification["problem"]>, string> = {
  missing: "it is missing",
  changed: "one of its fields was changed",
  unlinked: "it does not follow the event before it",
  "out of order": "it is older than the event before it",
  end: "it is not the end that was last written: events after it are missing, or it was rewritten",
  anchor: "what is known of the months taken off before it does not agree with their events",
  "noted head": "it does not have the hash that was noted",
};

/** Checks the chain and prints its head; the exit code is 1 when an event does not fit. */
export async function verify(given: { from?: string; head?: string }): Promise<number> {
  const result = await verifyAuditTrail({
    ...(given.from ? { from: toLink(given.from) } : {}),
    ...(given.head ? { notedHead: toLink(given.head) } : {}),
  });
  const { events, firstSeq, head, brokenAt, problem } = result;
  if (brokenAt === null || problem === null) {
    const count = events - firstSeq + 1;
    console.log(`The audit trail is whole: ${count} events.`);
    if (firstSeq > 1) console.log(`It was checked from event ${firstSeq}.`);
    console.log(`Its head, to be noted elsewhere: ${head.seq}:${head.hash}`);
    return 0;
  }
  console.log(`The audit trail was changed: event ${brokenAt} does not fit, ${PROBLEMS[problem]}.`);
  return 1;
}

function toLink(text: string) {
  const [seq, hash = ""] = text.split(":");
  return { seq: Number(seq), hash };
}
