/** A migration that takes away what no version has used for one release; it may drop, and no more. */
const CONTRACTS = /^\d{4}_contract_/;

interface Rule {
  why: string;
  of: RegExp;
  /** Also in a migration that contracts. */
  isAlways: boolean;
}

const NAME = String.raw`(?:"?public"?\.)?"?(\w+)"?`;

const RULES: Rule[] = [
  {
    why: "drops what is still read",
    of: /\bDROP\s+(?:TABLE|COLUMN|INDEX|VIEW|FUNCTION|TRIGGER|TYPE|SCHEMA|SEQUENCE)\b/i,
    isAlways: false,
  },
  { why: "truncates", of: /\bTRUNCATE\b/i, isAlways: true },
  { why: "renames", of: /\bRENAME\b/i, isAlways: true },
  {
    why: "changes a type, which writes the table anew",
    of: /\bALTER\s+COLUMN\s+\S+\s+(?:SET\s+DATA\s+)?TYPE\b/i,
    isAlways: true,
  },
  { why: "demands a value that is not given yet", of: /\bSET\s+NOT\s+NULL\b/i, isAlways: true },
  { why: "takes a default away", of: /\bDROP\s+DEFAULT\b/i, isAlways: false },
  { why: "locks a table", of: /\bLOCK\s+TABLE\b/i, isAlways: true },
  { why: "takes rights away", of: /\bREVOKE\b/i, isAlways: false },
  {
    why: "writes a whole table anew",
    of: /\b(?:VACUUM\s+FULL|CLUSTER|SET\s+(?:UN)?LOGGED)\b/i,
    isAlways: true,
  },
];

/** What of a migration would break a version that still runs beside it, or keep it waiting. */
export function findForbidden(file: string, sql: string): string[] {
  const isContract = CONTRACTS.test(file);
  const statements = withoutComments(sql)
    .split("--> statement-breakpoint")
    .flatMap((text) => (text.includes("$$") ? [text] : text.split(";")))
    .map((text) => text.replaceAll(/\s+/g, " ").trim())
    .filter((text) => text !== "");
  const created = new Set(
    statements.flatMap((text) =>
      matchOf(text, new RegExp(`^CREATE TABLE (?:IF NOT EXISTS )?${NAME}`, "i")),
    ),
  );
  return statements.flatMap((text) => {
    const broken = RULES.filter(({ of, isAlways }) => (isAlways || !isContract) && of.test(text));
    return [...broken.map(({ why }) => why), ...ofExisting(text, created)].map(
      (why) => `${why}: ${text.slice(0, 120)}`,
    );
  });
}

// On a table that this very migration makes nobody waits, and nothing is stored yet.
function ofExisting(text: string, created: ReadonlySet<string>): string[] {
  const [indexed] = matchOf(
    text,
    new RegExp(`^CREATE (?:UNIQUE )?INDEX .*? ON (?:ONLY )?${NAME}`, "i"),
  );
  if (indexed && !created.has(indexed)) {
    return ["makes an index while nobody can write (db/text-indexes.ts makes them beside)"];
  }
  const [altered] = matchOf(text, new RegExp(`^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?${NAME}`, "i"));
  if (!altered || created.has(altered)) return [];
  const problems: string[] = [];
  if (/\bADD (?:COLUMN )?.*\bNOT NULL\b/i.test(text) && !/\bDEFAULT\b/i.test(text)) {
    problems.push("adds a column that the version before does not fill");
  }
  if (
    /\bADD (?:COLUMN )?.*\bDEFAULT \(?(?:gen_random_uuid|random|clock_timestamp|nextval)/i.test(
      text,
    )
  ) {
    problems.push("adds a column by writing the table anew");
  }
  if (/\bADD .*\bGENERATED\b/i.test(text)) problems.push("adds a column by writing the table anew");
  if (/\bADD CONSTRAINT\b/i.test(text) && !/\bNOT VALID\b/i.test(text)) {
    problems.push("demands of what is stored what the version before does not promise");
  }
  return problems;
}

function matchOf(text: string, pattern: RegExp): string[] {
  const [, name] = pattern.exec(text) ?? [];
  return name === undefined ? [] : [name];
}

function withoutComments(sql: string): string {
  return sql.replaceAll(/^\s*--(?!>).*$/gm, "").replaceAll(/\/\*[\s\S]*?\*\//g, "");
}
