import { useState } from "react";
import { FILTER_FIELDS, type FilterField } from "@/domain/tokens/filter";
import { Button } from "../ui/button";
import { Field, Input } from "../ui/field";

interface ValueFormProps {
  field: FilterField;
  label: string;
  hint?: string;
  present: string | undefined;
  onApply: (value: string) => void;
}

/** A value of a filter that is written by hand. */
export function ValueForm({ field, label, hint, present, onApply }: ValueFormProps) {
  const [error, setError] = useState<string>();
  const { read, values } = FILTER_FIELDS[field];
  return (
    <form
      className="grid gap-2 p-2"
      onSubmit={(event) => {
        event.preventDefault();
        const text = String(new FormData(event.currentTarget).get("value") ?? "").trim();
        const value = text === "" ? undefined : read(text);
        if (value === undefined) return setError(`It can be ${values}.`);
        onApply(value);
      }}
    >
      <Field label={label} hint={hint} error={error} onEdit={() => setError(undefined)}>
        {(control) => (
          <Input
            {...control}
            name="value"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={present}
          />
        )}
      </Field>
      <Button type="submit" size="sm" className="justify-self-start">
        Apply
      </Button>
    </form>
  );
}
