/** How many levels of objects and lists a body may have. */
export const DEPTH_MAX = 64;

/** Whether a value has more levels than that; looks no further than one level beyond. */
export function isTooDeep(value: unknown, levels = DEPTH_MAX): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}

/**
 * Whether a JSON text opens more levels than that. It is asked before the text is parsed: half a
 * megabyte of brackets takes V8 a sixth of a second.
 */
export function opensTooDeep(text: string): boolean {
  let levels = 0;
  for (let at = 0; at < text.length; at += 1) {
    const symbol = text[at];
    if (symbol === '"') at = endOfText(text, at);
    else if (symbol === "[" || symbol === "{") levels += 1;
    else if (symbol === "]" || symbol === "}") levels -= 1;
    if (levels > DEPTH_MAX) return true;
  }
  return false;
}

// Where the quotes close that open there, or the end.
function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}
