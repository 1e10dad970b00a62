import { changeFilter, type TokenFilter } from "@/domain/tokens/filter";
import { type ListPath, listHref } from "../tokens/list-href";

const KINDS = [
  { kind: undefined, label: "Tokens" },
  { kind: "session", label: "Sign-ins" },
  { kind: "all", label: "Everything" },
];

export function KindTabs({ path, filter }: { path: ListPath; filter: TokenFilter }) {
  return (
    <nav aria-label="Kinds of tokens" className="flex items-center gap-0.5 sm:gap-1">
      {KINDS.map(({ kind, label }) => (
        <a
          key={label}
          href={listHref(path, withKind(filter, kind))}
          aria-current={filter.kind === kind ? "page" : undefined}
          className="rounded-md px-2 py-1 sm:px-2.5 text-muted text-sm hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:font-medium aria-[current]:text-ink"
        >
          {label}
        </a>
      ))}
    </nav>
  );
}

function withKind(filter: TokenFilter, kind: string | undefined): TokenFilter {
  const { kind: _, ...rest } = changeFilter(filter, {});
  return kind === undefined ? rest : { ...rest, kind };
}
