import { Hourglass } from "lucide-react";
import { changeFilter, NEWEST_FIRST, type TokenFilter } from "@/domain/tokens/filter";
import { clearHref } from "../inventory/active-filters";
import { buttonClass } from "../ui/button";
import { type ListPath, listHref } from "./list-href";

/** Says that the list could not be read in time, which is neither empty nor an outage, and what helps. */
export function TokensTooSlow({ path, filter }: { path: ListPath; filter: TokenFilter }) {
  const isNewestFirst = filter.sort === "created" && filter.descending;
  return (
    <div role="alert" className="grid justify-items-center gap-3 px-6 py-14 text-center">
      <Hourglass aria-hidden className="size-7 text-muted" strokeWidth={1.5} />
      <h2 className="font-medium">This takes too long</h2>
      <p className="max-w-md text-muted text-sm">
        There may be tokens that match, but finding them in this order takes longer than five
        seconds. One more filter helps, or another order.
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        {isNewestFirst ? null : (
          <a
            href={listHref(path, changeFilter(filter, NEWEST_FIRST))}
            className={buttonClass("secondary")}
          >
            Show the newest first
          </a>
        )}
        <a href={clearHref(path, filter)} className={buttonClass("secondary")}>
          Clear filters
        </a>
      </div>
    </div>
  );
}
