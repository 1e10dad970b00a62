import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const TAG = "9999_later";

/**
 * What a version after this one may do to the schema while this one runs: a column more in every table,
 * and a table with an index. `folder` is that of the later version's migrations.
 */
export function addLaterMigration(folder: string): void {
  const file = path.join(folder, "meta/_journal.json");
  const journal: { entries: { idx: number; when: number }[] } = JSON.parse(
    readFileSync(file, "utf8"),
  );
  const last = journal.entries.at(-1);
  if (!last) throw new Error(`${folder} has no migrations`);
  const entry = { ...last, idx: last.idx + 1, when: last.when + 1, tag: TAG };
  writeFileSync(file, JSON.stringify({ ...journal, entries: [...journal.entries, entry] }));
  writeFileSync(path.join(folder, `${TAG}.sql`), LATER);
}

const LATER = `DO $$
DECLARE name text;
BEGIN
  FOR name IN
    SELECT format('%I', relname) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
  LOOP
    EXECUTE 'ALTER TABLE ' || name || ' ADD COLUMN later text';
  END LOOP;
END $$;
--> statement-breakpoint
CREATE TABLE later_notes (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, note text NOT NULL);
--> statement-breakpoint
CREATE INDEX later_notes_note ON later_notes (note);
`;
