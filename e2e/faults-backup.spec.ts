import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { measured, seed, times } from "../prove/proof";
import { expectNothingBroken } from "./aftermath";
import { ask } from "./ask";
import { disconnect } from "./database";
import { blocksOf } from "./document";
import { expect, test } from "./fixtures";
import { type Latchkey, startLatchkey } from "./latchkey";
import { type Entry, findMisjudged, makeToken, toggleToken } from "./ledger";
import { onDatabaseOf } from "./own-database";
import { ADMINISTRATOR } from "./people";
import { randomFrom } from "./random";
import { cookieOf, signInProgram } from "./sign-in";
import { binariesOfSystem, makeSystemPostgres } from "./system-postgres";
import { TOKENS } from "./tokens";
import { startTraffic } from "./traffic";

const TOKENS_BEFORE = times({ quick: 20, full: 500 });
const CHANGES_MEANWHILE = times({ quick: 20, full: 1_000 });

test("a backup that is made under load is restored on another server: every token is judged as it was then, and what is missing since is told", async () => {
  test.setTimeout(300_000);
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-backup-"));
  const first = await makeSystemPostgres();
  const second = await makeSystemPostgres();
  const running: Latchkey[] = [];
  const start = async (databaseUrl: string) => {
    const latchkey = await startLatchkey({ environment: onDatabaseOf(databaseUrl) });
    running.push(latchkey);
    return latchkey;
  };
  try {
    const before = await start(first.url);
    const bearer = await signInProgram(before, ADMINISTRATOR);
    const cookie = await cookieOf(before, ADMINISTRATOR);
    const entries: Entry[] = [];
    for (let made = 0; made < TOKENS_BEFORE; made += 1) {
      const { entry } = await makeToken(before.url, bearer, { entries });
      if (entry && made % 2 === 0) await toggleToken(before.url, bearer, entry);
    }
    const [dump = "", restore = "", verify = ""] = blocksOf("docs/operate.md", "Backup", "sh");
    const traffic = startTraffic({
      url: () => before.url,
      bearer,
      random: randomFrom(seed()),
    });
    while (traffic.counts().acknowledged < CHANGES_MEANWHILE) await traffic.calm();
    const dumped = await inShell(dump, { folder, databaseUrl: first.url });
    const late: Entry[] = [];
    await makeToken(before.url, bearer, { entries: late });
    const stoppedLate = { ...(entries.find(({ told }) => told === "enabled") as Entry) };
    expect((await toggleToken(before.url, bearer, stoppedLate)).status).toBe(200);
    await traffic.stop();
    expect(traffic.unexpected).toEqual([]);
    const lastHead = headIn(
      await inShell(verify.split(" --head")[0] ?? "", { folder, databaseUrl: first.url }),
    );
    const lastVersion = await versionOf(before, bearer);
    await before.end("SIGTERM");

    await inShell(restore, { folder, databaseUrl: second.url });
    const after = await start(second.url);
    expect(await findMisjudged(after, entries)).toEqual([]);
    const [unknown] = late;
    expect((await ask(`${after.url}/verify`, unknown?.bearer ?? "")).status).toBe(401);
    const page = await fetch(`${after.url}/tokens`, { headers: { cookie }, redirect: "manual" });
    expect(page.status).toBe(200);
    await cookieOf(after, ADMINISTRATOR);

    const told = (head: string) =>
      inShell(verify.replace(/<.*>/, head), { folder, databaseUrl: second.url });
    expect(await told(headIn(dumped))).toContain("The audit trail is whole");
    expect(await told(lastHead)).toContain("does not have the hash that was noted");

    const watch = `${after.url}${TOKENS}?watch=1&timeoutSeconds=1&resourceVersion=`;
    expect((await ask(watch + lastVersion, bearer)).status).toBe(410);
    const version = await versionOf(after, bearer);
    const { entry } = await makeToken(after.url, bearer, { entries });
    expect((await ask(watch + version, bearer)).body).toContain(entry?.name);
    await expectNothingBroken({ ...after, databaseUrl: second.url }, entries, [after]);
    measured(
      "pg_dump under load and pg_restore on another server: every token is judged as at the time of the backup, sign-ins go on, and a head noted later tells that events are missing",
      `${entries.length} tokens, none judged otherwise; ${traffic.counts().acknowledged} changes meanwhile`,
    );
  } finally {
    await disconnect();
    for (const latchkey of running) {
      await latchkey.end("SIGTERM");
      await rm(latchkey.dataDir, { recursive: true, force: true });
    }
    await first.remove();
    await second.remove();
    await rm(folder, { recursive: true, force: true });
  }
});

interface Place {
  folder: string;
  databaseUrl: string;
}

/** What the commands of the document print; they may end with an error, which they tell, too. */
async function inShell(commands: string, { folder, databaseUrl }: Place): Promise<string> {
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    PATH: `${binariesOfSystem()}${path.delimiter}${process.env.PATH}`,
  };
  const script = commands.replaceAll("/var/backups", folder);
  const { stdout, stderr } = await promisify(execFile)("bash", ["-ec", script], { env }).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  return stdout + stderr;
}

function headIn(printed: string): string {
  const [head] = /\b\d+:[0-9a-f]{64}\b/.exec(printed) ?? [];
  if (!head) throw new Error(`no head in: ${printed}`);
  return head;
}

async function versionOf({ url }: Latchkey, bearer: string): Promise<string> {
  const { body } = await ask(`${url}${TOKENS}?limit=1`, bearer);
  return JSON.parse(body).metadata.resourceVersion;
}
