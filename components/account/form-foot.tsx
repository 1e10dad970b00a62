import type { FormState } from "../form-state";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";

interface FormFootProps {
  state: FormState;
  isPending: boolean;
  label: string;
  /** What is said when it is done; null while the form has been edited since. */
  doneText: string | null;
}

/** The button of a form of the account, and what became of it. */
export function FormFoot({ state, isPending, label, doneText }: FormFootProps) {
  const isRefused = state.status === "failed" && Object.keys(state.fields).length === 0;
  return (
    <>
      {isRefused ? (
        <Notice tone="danger" alert>
          {state.message}
        </Notice>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={isPending} aria-busy={isPending}>
          {isPending ? "Saving…" : label}
        </Button>
        <p role="status" className="text-muted text-sm">
          {state.status === "done" && !isPending ? doneText : null}
        </p>
      </div>
    </>
  );
}
