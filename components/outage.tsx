import { PlugZap } from "lucide-react";

/** An outage that looks like one: nothing is known, so nothing is claimed. */
export function Outage() {
  return (
    <div role="alert" className="grid justify-items-center gap-3 px-6 py-20 text-center">
      <PlugZap aria-hidden className="size-8 text-danger" strokeWidth={1.5} />
      <h1 className="font-semibold text-lg">The database is not answering</h1>
      <p className="max-w-md text-muted">
        Latchkey cannot read or change anything right now. Nothing is lost: what was confirmed is
        stored. Reload this page in a moment.
      </p>
    </div>
  );
}
