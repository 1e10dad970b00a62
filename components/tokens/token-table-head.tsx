import { ArrowDown, ArrowUp } from "lucide-react";
import { changeFilter, type TokenFilter } from "@/domain/tokens/filter";
import { columnsOf } from "./columns";
import { listHref, type TokenListing } from "./list-href";

interface TokenTableHeadProps {
  listing: TokenListing;
  hasScripts: boolean;
  /** How many of the page's rows are. */
  selected: "all" | "some" | "none";
  onSelectPage: () => void;
}

export function TokenTableHead({ listing, hasScripts, ...selection }: TokenTableHeadProps) {
  const { path, scope, filter } = listing;
  return (
    <thead>
      <tr>
        {columnsOf(scope).map((column) => (
          <th key={column.sort} scope="col" aria-sort={ariaSort(filter, column.sort)}>
            {hasScripts && column.sort === "name" ? <PageBox {...selection} /> : null}
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

function PageBox({
  selected,
  onSelectPage,
}: Pick<TokenTableHeadProps, "selected" | "onSelectPage">) {
  return (
    <input
      type="checkbox"
      aria-label="Select this page"
      checked={selected === "all"}
      ref={(box) => {
        if (box) box.indeterminate = selected === "some";
      }}
      onChange={onSelectPage}
    />
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
