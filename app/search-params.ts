import type { SearchParams } from "@/domain/tokens/filter";

/**
 * What the address of a page asks for. Next gathers it on a plain object, so that a parameter which is
 * called like something that every object has (`constructor`) begins with that: only text counts.
 */
export async function readSearchParams(given: Promise<SearchParams>): Promise<SearchParams> {
  const read = Object.entries(await given).map(([name, value]) => {
    const texts = [value].flat().filter((each) => typeof each === "string");
    return [name, texts.length > 1 ? texts : texts[0]] as const;
  });
  return Object.fromEntries(read);
}
