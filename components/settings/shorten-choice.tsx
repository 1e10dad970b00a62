import { type LongerLived, NOUNS } from "./effect-text";

interface ShortenChoiceProps {
  effect: LongerLived;
  /** The maximum in words. */
  wanted: string;
  isShortening: boolean;
  onChange: (isShortening: boolean) => void;
}

/** Whether what lives longer than a new maximum is left alone or shortened to it. */
export function ShortenChoice({ effect, wanted, isShortening, onChange }: ShortenChoiceProps) {
  const labels =
    effect.count === 1
      ? ["Leave it as it is", `Shorten it: it ends ${wanted} after it was created`]
      : ["Leave them as they are", `Shorten them: each ends ${wanted} after it was created`];
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium text-sm">
        What about the {NOUNS[effect.of]}s that exist?
      </legend>
      {labels.map((label, at) => (
        <label key={label} className="flex items-start gap-2">
          <input
            type="radio"
            name="existing"
            className="mt-0.5 size-4 shrink-0 accent-accent"
            checked={isShortening === (at === 1)}
            onChange={() => onChange(at === 1)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
