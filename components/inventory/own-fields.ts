import {
  FIELD_NAMES,
  FILTER_FIELDS,
  type FilterField,
  type TokenFilter,
} from "@/domain/tokens/filter";
import type { ListScope } from "../tokens/list-look";

const OF_OWNERS: readonly FilterField[] = ["owner", "ownerRole", "ownerState"];

/** What may be filtered by: in the list of one's own tokens, all have the same owner. */
export function fieldsOf(scope: ListScope): readonly FilterField[] {
  return scope === "all" ? FIELD_NAMES : FIELD_NAMES.filter((field) => !OF_OWNERS.includes(field));
}

/** The filter without what the list has no filter for, and a sentence for each of those. */
export function withinScope<Filter extends Pick<TokenFilter, FilterField>>(
  scope: ListScope,
  filter: Filter,
): { filter: Filter; refused: { parameter: string; message: string }[] } {
  const foreign = OF_OWNERS.filter((field) => scope === "own" && filter[field] !== undefined);
  const kept = foreign.reduce<Filter>((rest, field) => {
    const { [field]: _, ...others } = rest;
    return others as Filter;
  }, filter);
  const refused = foreign.map((field) => {
    const { parameter } = FILTER_FIELDS[field];
    const message = `This list has your own tokens alone, so the filter “${parameter}” was left out.`;
    return { parameter, message };
  });
  return { filter: kept, refused };
}
