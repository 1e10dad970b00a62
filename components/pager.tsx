import type { Route } from "next";
import { buttonClass } from "./ui/button";

interface PagerProps {
  /** The neighbouring pages; null where there is none. */
  previous: Route | null;
  next: Route | null;
}

export function Pager({ previous, next }: PagerProps) {
  if (!next && !previous) return null;
  return (
    <nav aria-label="Pages" className="mt-4 flex justify-end gap-2">
      {previous ? (
        <a rel="prev" href={previous} className={buttonClass("secondary", "sm")}>
          Previous
        </a>
      ) : null}
      {next ? (
        <a rel="next" href={next} className={buttonClass("secondary", "sm")}>
          Next
        </a>
      ) : null}
    </nav>
  );
}
