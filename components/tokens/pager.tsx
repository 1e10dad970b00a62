import { changeFilter, type TokenFilter } from "@/domain/tokens/filter";
import { buttonClass } from "../ui/button";
import { type ListPath, listHref } from "./list-href";

interface PagerProps {
  path: ListPath;
  filter: TokenFilter;
  next: string | null;
  previous: string | null;
}

export function Pager({ path, filter, next, previous }: PagerProps) {
  if (!next && !previous) return null;
  const link = (changes: Partial<TokenFilter>) => listHref(path, changeFilter(filter, changes));
  return (
    <nav aria-label="Pages" className="mt-4 flex justify-end gap-2">
      {previous ? (
        <a rel="prev" href={link({ before: previous })} className={buttonClass("secondary", "sm")}>
          Previous
        </a>
      ) : null}
      {next ? (
        <a rel="next" href={link({ after: next })} className={buttonClass("secondary", "sm")}>
          Next
        </a>
      ) : null}
    </nav>
  );
}
