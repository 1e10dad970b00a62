import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { formsOf, formsOfGuessable } from "./forms";

/** What must be nowhere but where it has to be. */
export interface Canary {
  what: string;
  text: string;
  /** A password, as opposed to what is random. */
  isGuessable?: boolean;
}

/** Somewhere to look: a file, an answer, a table, a page at one moment. */
export interface Place {
  name: string;
  content: Buffer;
}

/** Where something is that is looked for, and how it is written there. */
export interface Finding {
  what: string;
  place: string;
  form: string;
}

export function placeOf(name: string, text: string): Place {
  return { name, content: Buffer.from(text) };
}

/** Every file of a folder, of its folders too; those that go away meanwhile are none. */
export async function filesIn(folder: string): Promise<Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const places: Place[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const content = await readFile(file).catch(() => undefined);
    if (content) places.push({ name: path.relative(folder, file), content });
  }
  return places;
}

/** Where any of them is, in any of its forms. */
export function findIn(canaries: readonly Canary[], places: readonly Place[]): Finding[] {
  return canaries.flatMap(({ what, text, isGuessable }) => {
    const forms = [...(isGuessable ? formsOfGuessable(text) : formsOf(text))];
    return places.flatMap(({ name: place, content }) =>
      forms.flatMap(([form, written]) =>
        content.includes(written) ? [{ what, place, form }] : [],
      ),
    );
  });
}

export function bytesOf(places: readonly Place[]): number {
  return places.reduce((sum, { content }) => sum + content.length, 0);
}
