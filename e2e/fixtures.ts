import {
  type APIRequestContext,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { disconnect } from "./database";
import type { Address } from "./latchkey";
import { watchForNoise } from "./noise";
import { type Account, addUser, type Role } from "./people";
import { programOf, signIn, signInProgram } from "./sign-in";
import { type MintedToken, mintToken, type TokenWishes } from "./tokens";

/** Somebody signed in: a browser of their own, and their API client for what a program would do. */
export interface Person extends Account {
  page: Page;
  context: BrowserContext;
  program: APIRequestContext;
}

interface Fixtures {
  /** Console errors that a test provokes; every other one fails it. */
  expectNoise: (pattern: RegExp) => void;
  /** A browser without a sign-in whose console is watched. */
  newBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  asUser: (options?: BrowserContextOptions) => Promise<Person>;
  asAdmin: (options?: BrowserContextOptions) => Promise<Person>;
  /** An HTTP client that presents a bearer token. */
  program: (bearer: string) => Promise<APIRequestContext>;
  /** A token of that person's, made through the API. */
  token: (owner: Person, wishes?: TokenWishes) => Promise<MintedToken>;
}

interface WorkerFixtures {
  latchkey: Address;
}

/** What a page still loads while its person signs out. */
const OVERTAKEN = /status of 401 .*\/tokens\/(findings|facets|timeline)/;

export const test = base.extend<Fixtures & { noise: Noise }, WorkerFixtures>({
  latchkey: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => {
      await use(JSON.parse(process.env.LATCHKEY_E2E ?? "{}"));
      await disconnect();
    },
    { scope: "worker" },
  ],
  baseURL: ({ latchkey }, use) => use(latchkey.url),
  noise: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => {
      const noise: Noise = { heard: [], expected: [OVERTAKEN] };
      await use(noise);
      const { heard, expected } = noise;
      expect(heard.filter((text) => !expected.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
  expectNoise: ({ noise }, use) => use((pattern) => void noise.expected.push(pattern)),
  context: async ({ context, noise }, use) => {
    await watchForNoise(context, noise.heard);
    await use(context);
  },
  newBrowser: async ({ browser, noise, contextOptions, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ ...contextOptions, baseURL, ...options });
      contexts.push(context);
      await watchForNoise(context, noise.heard);
      return context;
    });
    for (const context of contexts) await context.close();
  },
  asUser: ({ newBrowser, program, latchkey }, use) =>
    use((options) => invite("user", { latchkey, newBrowser, program }, options)),
  asAdmin: ({ newBrowser, program, latchkey }, use) =>
    use((options) => invite("admin", { latchkey, newBrowser, program }, options)),
  program: async ({ latchkey }, use) => {
    const clients: APIRequestContext[] = [];
    await use(async (bearer) => {
      const client = await programOf(latchkey, bearer);
      clients.push(client);
      return client;
    });
    for (const client of clients) await client.dispose();
  },
  token: ({ latchkey }, use) => use((owner, wishes) => mintToken(latchkey, owner.program, wishes)),
});

interface Noise {
  heard: string[];
  expected: RegExp[];
}

async function invite(
  role: Role,
  { latchkey, newBrowser, program }: Pick<Fixtures, "newBrowser" | "program"> & WorkerFixtures,
  options?: BrowserContextOptions,
): Promise<Person> {
  const account = await addUser(latchkey, role);
  const context = await newBrowser(options);
  await signIn(context, account);
  const client = await program(await signInProgram(latchkey, account));
  return { ...account, context, page: await context.newPage(), program: client };
}

export { expect };
