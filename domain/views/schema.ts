import { z } from "zod";
import { changeFilter, readTokenFilter, toQueryString } from "../tokens/filter";
import { wellFormedText } from "../tokens/schema";

const QUERY_LENGTH_MAX = 8_192;

export const viewList = z.enum(["own", "all"], "must be own or all");
export const viewId = z.number().int().positive();

const name = wellFormedText
  .trim()
  .min(1, "Give it a name.")
  .max(80, "must have at most 80 characters");

// Canonical, from its first page; an order alone is a view too.
const query = z
  .string()
  .max(QUERY_LENGTH_MAX, "is too long")
  .transform((text, context) => {
    const { filter, notices } = readTokenFilter(paramsOf(text));
    for (const { message } of notices) context.addIssue({ code: "custom", message });
    return toQueryString(changeFilter(filter, {}));
  });

export const saveViewInput = z.object({
  list: viewList,
  name,
  query,
  isShared: z.boolean(),
  isDefault: z.boolean(),
});

/** What is absent stays. */
export const updateViewInput = z.object({
  name: name.optional(),
  query: query.optional(),
  isShared: z.boolean().optional(),
});

function paramsOf(text: string): Record<string, string[]> {
  const params = new URLSearchParams(text);
  return Object.fromEntries([...new Set(params.keys())].map((key) => [key, params.getAll(key)]));
}
