/** How long this browser's sign-in still lasts, by the limit that ends it first. */
export interface TimeLeft {
  username: string;
  /** Only an idle limit is put off by activity. */
  limit: "idle" | "total";
  leftMs: number;
  /** With how much time left its person is to be warned. */
  warnMs: number;
}

/** What the console knows of its sign-in. */
export type SignInState =
  | { status: "fine" }
  | { status: "ending"; limit: TimeLeft["limit"]; endsAtMs: number }
  | { status: "ended"; limit: TimeLeft["limit"] | null }
  /** Somebody else has signed in in this browser meanwhile. */
  | { status: "replaced"; username: string };

const ASK_AGAIN_MS = 10_000;
const LONGEST_WAIT_MS = 12 * 60 * 60_000;
const MARGIN_MS = 500;

/** What an answer of the server means for a page of that user's; null: the sign-in has ended. */
export function stateAfter(
  answer: TimeLeft | null,
  previous: SignInState,
  { username, nowMs }: { username: string; nowMs: number },
): SignInState {
  if (answer === null) {
    const known = "limit" in previous ? previous.limit : null;
    return { status: "ended", limit: known };
  }
  if (answer.username !== username) return { status: "replaced", username: answer.username };
  if (answer.leftMs > answer.warnMs) return { status: "fine" };
  return { status: "ending", limit: answer.limit, endsAtMs: nowMs + answer.leftMs };
}

/** When to ask the server again, or null: not before the person or another tab does something. */
export function askAgainMs(answer: TimeLeft | null): number | null {
  if (answer === null) return null;
  const untilWarningMs = answer.leftMs - answer.warnMs;
  if (untilWarningMs > 0) return Math.min(untilWarningMs + MARGIN_MS, LONGEST_WAIT_MS);
  return Math.min(ASK_AGAIN_MS, Math.max(answer.leftMs, 0) + MARGIN_MS);
}

/** `1:05`; never less than nothing. */
export function countdownText(leftMs: number): string {
  const seconds = Math.max(Math.ceil(leftMs / 1_000), 0);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** What is said aloud while the countdown runs: rarely at first, then at its end. */
export function spokenText(leftMs: number): string {
  const seconds = Math.max(Math.ceil(leftMs / 1_000), 0);
  const minutes = Math.ceil(seconds / 60);
  if (seconds > 60) return `${minutes} minutes left`;
  if (seconds > 30) return "1 minute left";
  return seconds > 10 ? "30 seconds left" : "10 seconds left";
}
