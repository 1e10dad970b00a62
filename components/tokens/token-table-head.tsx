import { ArrowDown, ArrowUp } from "lucide-react";
import { changeFilter, type TokenFilter } from "@/domain/tokens/filter";
import { columnsOf } from "./columns";
import { listHref, type TokenListing } from "./list-href";

export function TokenTableHead({ listing: { path, scope, filter } }: { listing: TokenListing }) {
  return (
    <thead>
      <tr>
        {columnsOf(scope).map((column) => (
          <th key={column.sort} scope="col" aria-sort={ariaSort(filter, column.sort)}>
            <a href={listHref(path, sortedBy(filter, column.sort, column.descendingFirst))}>
              {column.label}
              <SortArrow filter={filter} column={column.sort} />
            </a>
          </th>
        ))}
        <th scope="col">
          <span className="sr-only">Actions</span>
        </th>
      </tr>
    </thead>
  );
}

function SortArrow({ filter, column }: { filter: TokenFilter; column: string }) {
  if (filter.sort !== column) return null;
  const Arrow = filter.descending ? ArrowDown : ArrowUp;
  return <Arrow aria-hidden className="size-3" />;
}

function ariaSort(filter: TokenFilter, column: string): "ascending" | "descending" | "none" {
  if (filter.sort !== column) return "none";
  return filter.descending ? "descending" : "ascending";
}

function sortedBy(
  filter: TokenFilter,
  sort: TokenFilter["sort"],
  descendingFirst: boolean,
): TokenFilter {
  const descending = filter.sort === sort ? !filter.descending : descendingFirst;
  return changeFilter(filter, { sort, descending });
}
