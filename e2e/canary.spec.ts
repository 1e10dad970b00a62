import { mkdtempSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { embeddedDatabaseUrl } from "@/db/embedded";
import { homeDirOf, readRecord } from "@/db/embedded-home";
import { dumpAt } from "@/db/testing/dump";
import { logStatementsAt } from "@/db/testing/statement-log";
import { measured, times } from "@/prove/proof";
import { bytesOf, type Canary, filesIn, findIn, type Place, placeOf } from "./canary/find";
import { type Journey, LINK_SECRET, travel } from "./canary/journey";
import { type Recorded, startRecorder } from "./canary/recorder";
import { test as base, expect } from "./fixtures";
import { removeLatchkey, startLatchkey } from "./latchkey";
import { ADMINISTRATOR } from "./people";

/** What was left behind by journeys, kind by kind. */
interface Left {
  journeys: Journey[];
  answers: Recorded[];
  places: Record<Kind, Place[]>;
}

const KINDS = ["database", "files", "log", "output", "browser", "build"] as const;
type Kind = (typeof KINDS)[number];

const JOURNEYS = times({ quick: 1, full: 5 });
const SESSION = /^(?:__Secure-|__Host-)?next-auth\.session-token(?:\.\d)?=([^;]{20,})/;

const test = base.extend<object, { left: Left }>({
  left: [
    async ({ playwright, launchOptions, browser }, use) => {
      const recorder = await startRecorder();
      const environment = {
        LOG_LEVEL: "trace",
        NEXTAUTH_URL: recorder.url,
        ADMIN_USERNAME: ADMINISTRATOR.username,
        ADMIN_PASSWORD: ADMINISTRATOR.password,
      };
      const first = await startLatchkey({ environment });
      const { dataDir } = first;
      await logStatementsAt((await embeddedDatabaseUrl({ dataDir })) ?? "");
      await first.end("SIGTERM");
      const latchkey = await startLatchkey({ dataDir, environment });
      recorder.serve(latchkey.url);
      const profile = mkdtempSync(path.join(tmpdir(), "latchkey-profile-"));
      try {
        const options = { ...launchOptions, baseURL: recorder.url };
        const user = await playwright.chromium.launchPersistentContext(profile, options);
        const journeys: Journey[] = [];
        for (let at = 0; at < JOURNEYS; at += 1) {
          const admin = await browser.newContext({ baseURL: recorder.url });
          journeys.push(await travel({ url: recorder.url, user, admin }));
          await admin.close();
        }
        await user.close();
        const dump = await dumpAt((await embeddedDatabaseUrl({ dataDir })) ?? "");
        await latchkey.end("SIGTERM");
        const places = {
          ...(await databaseFiles(dataDir)),
          database: [...dump].map(([name, text]) => placeOf(name, text)),
          output: [placeOf("output", first.output() + latchkey.output())],
          browser: await filesIn(profile),
          build: [...(await filesIn(".next")), ...(await filesIn("dist"))],
        };
        await use({ journeys, answers: await recorder.answers(), places });
      } finally {
        await recorder.stop();
        await removeLatchkey(latchkey);
        await rm(profile, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 300_000 + JOURNEYS * 60_000 },
  ],
});

// One journey for all of them.
test.describe.configure({ mode: "default" });

test("what is no secret is found in every kind of place, so that finding nothing says something", async ({
  left,
}) => {
  const { journeys, places } = left;
  for (const { marker, name, reveal, looks, revealed } of journeys) {
    const found = (wanted: Canary, where: readonly Place[]) =>
      findIn([wanted], where).some(({ form }) => form === "as it is");
    for (const kind of ["database", "files", "log"] as const) {
      expect([kind, found(marker, places[kind])]).toEqual([kind, true]);
    }
    // It is a parameter: the log has those, too.
    expect(String(places.log[0]?.content)).toMatch(new RegExp(`= '[^\\n]*${marker.text}`));
    expect(found(marker, left.answers.map(toPlace))).toBe(true);
    expect(found(marker, looks)).toBe(true);
    const token = { what: "the token's name", text: name };
    expect(found(token, places.output)).toBe(true);
    const [value] = revealed;
    expect(value && found(value, [reveal])).toBe(true);
  }
  const words = { what: "a word of the product", text: "Copy your token now" };
  expect(findIn([words], places.build).length).toBeGreaterThan(0);
  const script = { what: "what a browser may keep", text: "/_next/static/chunks" };
  expect(findIn([script], places.browser).length).toBeGreaterThan(0);
});

test("a token's value, a password and a sign-in's cookie are nowhere but in the one answer that has to carry each", async ({
  left,
}) => {
  const { journeys, answers, places } = left;
  const revealed = journeys.flatMap((journey) => journey.revealed);
  const passwords = journeys.flatMap((journey) => journey.passwords);
  const cookies = cookiesIn(answers);
  expect(cookies.length).toBeGreaterThan(1);
  const all = [...revealed, ...passwords, ...cookies];
  // A link that was opened is in its browser's history, which no page can change: it is used up.
  const inBrowser = all.filter(({ what }) => what !== LINK_SECRET);
  const looks = journeys.flatMap((journey) => journey.looks);
  const own = answers.map((answer) => isForTheirOwnAddress(answer, revealed));
  const inAnswers = answers.map(toPlace).filter((_, at) => !own[at]);
  const carried = [...revealed, ...cookies].map((canary) => {
    const carriers = new Set(findIn([canary], inAnswers).map(({ place }) => place));
    const carrier = answers.find((answer, at) => carriers.has(toPlace(answer, at).name));
    return { what: canary.what, in: carriers.size, keep: headerOf(carrier, "cache-control") };
  });
  expect({
    ...Object.fromEntries(
      KINDS.map((kind) => [kind, findIn(kind === "browser" ? inBrowser : all, places[kind])]),
    ),
    looks: findIn(all, looks),
    answers: findIn(passwords, inAnswers),
    carried: carried.filter((of) => of.in !== 1 || !of.keep?.includes("no-store")),
  }).toEqual({
    ...Object.fromEntries(KINDS.map((kind) => [kind, []])),
    looks: [],
    answers: [],
    carried: [],
  });
  const mb = (of: readonly Place[]) => `${(bytesOf(of) / 2 ** 20).toFixed(1)} MB`;
  measured(
    "Whatever was secret on a whole journey (values of tokens, passwords, the link, cookies) is in the one answer that has to carry it, which nobody may keep, and nowhere else: as it is or encoded",
    `${all.length} secrets looked for in ${places.database.length} tables, ${mb(places.files)} of the database's files, ${mb(places.log)} of its log with every statement and parameter, ${mb(places.output)} of output at level trace, ${answers.length} answers, ${looks.length} looks at pages, ${mb(places.browser)} of the browser's profile and ${mb(places.build)} of the build: each in 1 answer with no-store, passwords in none, 0 elsewhere (but for the link, which is used up, in the history of the browser that opened it)`,
  );
});

// What Postgres has written, of which the log is looked at apart.
async function databaseFiles(dataDir: string): Promise<Pick<Left["places"], "files" | "log">> {
  const record = await readRecord(dataDir);
  if (!record) throw new Error("the embedded database left no record");
  const home = homeDirOf(dataDir, record);
  const isInside = !path.relative(dataDir, home).startsWith("..");
  const all = [...(await filesIn(dataDir)), ...(isInside ? [] : await filesIn(home))];
  return {
    files: all.filter(({ name }) => !/(postgres|output)\.log/.test(name)),
    log: [{ name: "postgres.log", content: await readFile(path.join(home, "postgres.log")) }],
  };
}

function cookiesIn(answers: readonly Recorded[]): Canary[] {
  const values = answers.flatMap(({ headers }) =>
    headers.flatMap((value, at) =>
      headers[at - 1]?.toLowerCase() === "set-cookie" ? (SESSION.exec(value)?.[1] ?? []) : [],
    ),
  );
  return [...new Set(values)].map((text, at) => ({ what: `cookie ${at}`, text }));
}

// A page is told the address that it was opened at: whoever has put a secret there gets it back.
function isForTheirOwnAddress({ path: of }: Recorded, secrets: readonly Canary[]): boolean {
  const isPage = !/^\/(apis|openapi|oauth2|verify|v1-public|metrics)(\/|\?|$)/.test(of);
  return isPage && secrets.some(({ text }) => of.includes(text));
}

function toPlace({ method, path: of, status, headers, body }: Recorded, at: number): Place {
  const head = `${headers.join("\n")}\n\n`;
  return {
    name: `${at}: ${method} ${of} ${status}`,
    content: Buffer.concat([Buffer.from(head), body]),
  };
}

function headerOf(answer: Recorded | undefined, name: string): string | undefined {
  const at = answer?.headers.findIndex((of, index) => index % 2 === 0 && of.toLowerCase() === name);
  return at === undefined || at < 0 ? undefined : answer?.headers[at + 1];
}
