import { parseArgs } from "node:util";
import { dropMonth, exportMonth, listMonths, prune } from "./audit-months";
import { verify } from "./audit-verify";
import { runOnDatabase } from "./operator-database";

const USAGE = `Usage:
  npm run audit -- verify [--from <number>:<hash>] [--head <number>:<hash>]
                                   recomputes the hash chain and names the first event that does not fit
  npm run audit -- prune           takes months off that are older than audit-retention-days
  npm run audit -- months          lists the months that were taken off
  npm run audit -- export <month>  writes the events of one of them as JSON lines
  npm run audit -- drop <month> [--without-export]
                                   deletes the events of one of them for ever`;

/** What an operator does with the audit trail; the exit code is 1 when an event does not fit. */
export async function run(args: string[]): Promise<number> {
  const command = commandOf(args);
  if (command) return runOnDatabase(command);
  console.error(USAGE);
  return 2;
}

function commandOf(args: string[]): (() => Promise<number>) | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        from: { type: "string" },
        head: { type: "string" },
        "without-export": { type: "boolean", default: false },
      },
    });
    const [name = "verify", month, ...rest] = positionals;
    if (rest.length > 0) return undefined;
    if (month !== undefined) {
      if (name === "export") return () => exportMonth(month);
      if (name === "drop") return () => dropMonth(month, { isForced: values["without-export"] });
      return undefined;
    }
    const isLink = (text: string | undefined) =>
      text === undefined || /^\d+:[0-9a-f]{64}$/.test(text);
    if (name === "verify" && isLink(values.from) && isLink(values.head))
      return () => verify(values);
    return { prune, months: listMonths }[name];
  } catch {
    return undefined;
  }
}
