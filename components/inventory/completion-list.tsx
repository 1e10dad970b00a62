import type { Completion } from "./use-completion";

interface CompletionListProps {
  id: string;
  options: readonly Completion[];
  active: number;
  onAccept: (option: Completion) => void;
}

export function completionId(listId: string, at: number): string {
  return `${listId}-${at}`;
}

export function CompletionList({ id, options, active, onAccept }: CompletionListProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="What can be written"
      className="absolute inset-x-0 top-full z-30 mt-1 rounded-lg border border-line bg-surface p-1 shadow-lg"
    >
      {options.map((option, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the focus stays in the box, whose keys choose
        <div
          key={option.text}
          id={completionId(id, at)}
          role="option"
          aria-selected={at === active}
          // The box keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onAccept(option)}
          className="flex cursor-pointer items-baseline gap-3 rounded-md px-2.5 py-1.5 hover:bg-sunken aria-selected:bg-sunken"
        >
          <span className="font-mono text-sm">{option.text}</span>
          <span className="truncate text-muted text-sm">{option.label}</span>
        </div>
      ))}
    </div>
  );
}
