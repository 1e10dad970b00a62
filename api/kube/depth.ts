/** How many levels of objects and lists a body may have. */
export const DEPTH_MAX = 64;

/** Whether a value has more levels than that; looks no further than one level beyond. */
export function isTooDeep(value: unknown, levels = DEPTH_MAX): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}
