import { useState } from "react";
import { Button } from "../ui/button";
import { Field, Input } from "../ui/field";
import { daysValue } from "./days-value";

/** The days from one to another, both included; one of them may be left open. */
export function DaysForm({ onApply }: { onApply: (value: string) => void }) {
  const [error, setError] = useState<string>();
  return (
    <form
      className="grid gap-2 p-2"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const value = daysValue(String(form.get("from")), String(form.get("to")));
        if (value === undefined) return setError("Choose a day, the first before the last.");
        onApply(value);
      }}
      onChange={() => setError(undefined)}
    >
      <div className="grid grid-cols-2 gap-2 *:min-w-0">
        <Field label="From day">
          {(control) => <Input {...control} type="date" name="from" className="px-2! text-sm!" />}
        </Field>
        <Field label="To day" error={error}>
          {(control) => <Input {...control} type="date" name="to" className="px-2! text-sm!" />}
        </Field>
      </div>
      <Button type="submit" size="sm" className="justify-self-start">
        Apply
      </Button>
    </form>
  );
}
