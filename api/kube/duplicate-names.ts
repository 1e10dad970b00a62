interface Level {
  /** Of an object; an array has none. */
  names?: Set<string>;
  /** The member that is being read: a name, or the number of an element. */
  at: string | number;
  expectsName: boolean;
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;
const FOUND_MAX = 100;

/**
 * The paths of names that stand twice in one object of a JSON text, which JSON.parse does not tell.
 * The text must be valid JSON.
 */
export function duplicateNames(text: string): string[] {
  const levels: Level[] = [];
  const found = new Set<string>();
  for (const [token] of text.matchAll(TOKENS)) {
    const level = levels.at(-1);
    if (token === "}" || token === "]") levels.pop();
    else if (token === "{") levels.push({ names: new Set(), at: "", expectsName: true });
    else if (token === "[") levels.push({ at: 0, expectsName: false });
    else if (level && isRepeated(level, token)) found.add(pathOf(levels));
    if (found.size === FOUND_MAX) break;
  }
  return [...found];
}

// Goes on by a comma or a text; whether that text is a name that the object already has.
function isRepeated(level: Level, token: string): boolean {
  if (token === ",") goOn(level);
  else if (level.names && level.expectsName) return !readName(level, level.names, token);
  return false;
}

function goOn(level: Level): void {
  if (level.names) level.expectsName = true;
  else level.at = Number(level.at) + 1;
}

function readName(level: Level, names: Set<string>, token: string): boolean {
  const name: string = JSON.parse(token);
  const isNew = !names.has(name);
  names.add(name);
  level.at = name;
  level.expectsName = false;
  return isNew;
}

function pathOf(levels: readonly Level[]): string {
  return levels
    .map(({ at }) => (typeof at === "number" ? `[${at}]` : `.${at}`))
    .join("")
    .slice(1);
}
