import Link from "next/link";
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
        <Link
          prefetch={false}
          rel="prev"
          href={link({ before: previous })}
          className={buttonClass("secondary", "sm")}
        >
          Previous
        </Link>
      ) : null}
      {next ? (
        <Link
          prefetch={false}
          rel="next"
          href={link({ after: next })}
          className={buttonClass("secondary", "sm")}
        >
          Next
        </Link>
      ) : null}
    </nav>
  );
}
