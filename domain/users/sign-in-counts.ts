import { processWide } from "@/db/process-wide";

export type SignInOutcome = "success" | "failure" | "denied";

const counts = processWide("sign-in-counts", (): Record<SignInOutcome, number> => {
  return { success: 0, failure: 0, denied: 0 };
});

export function countSignInOutcome(outcome: SignInOutcome): void {
  counts[outcome] += 1;
}

/** How the sign-ins of this process ended so far; denied is by the throttle. */
export function signInCounts(): Readonly<Record<SignInOutcome, number>> {
  return counts;
}
