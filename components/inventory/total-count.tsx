import type { TokenFacets } from "@/domain/tokens/facet-values";
import { tokensText } from "./count-text";

interface TotalCountProps {
  facets: TokenFacets | undefined;
  isFailed: boolean;
}

/** How many tokens the whole list has; said when it is known. */
export function TotalCount({ facets, isFailed }: TotalCountProps) {
  const text = facets && (facets.total ? tokensText(facets.total) : "Not counted in time");
  return (
    <p role="status" className="min-h-5 text-muted text-sm">
      {isFailed ? "Counts could not be loaded" : text}
    </p>
  );
}
