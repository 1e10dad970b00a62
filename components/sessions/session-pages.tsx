import type { Route } from "next";
import { buttonClass } from "../ui/button";

/** Where the pages before and after this one are; null where there are none. */
export interface PageLinks {
  next: Route | null;
  previous: Route | null;
}

export function SessionPages({ links: { next, previous } }: { links: PageLinks }) {
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
