import type { JobView } from "./job-view";

// The shapes of states, which are told apart without colour too.
const STATES: Record<JobView["state"], { label: string; shape: string }> = {
  collecting: { label: "Collecting", shape: "state-expires-soon" },
  running: { label: "Running", shape: "state-expires-soon" },
  done: { label: "Done", shape: "state-active" },
  cancelled: { label: "Cancelled", shape: "state-disabled" },
  failed: { label: "Stopped", shape: "state-expired" },
};

export function JobState({ state }: Pick<JobView, "state">) {
  const { label, shape } = STATES[state];
  return <span className={`state ${shape}`}>{label}</span>;
}
