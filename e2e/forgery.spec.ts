import { type RecordedAction, recordAction, replay, SAME_ORIGIN } from "./actions";
import { choose, createToken, finishReveal, rowOf } from "./console";
import { expect, type Person, test } from "./fixtures";
import { readToken, TOKENS } from "./tokens";

type MintToken = (owner: Person) => Promise<{ name: string }>;

const CROSS_SITE: [string, Record<string, string>][] = [
  ["another origin", { Origin: "https://evil.test" }],
  ["another origin that says same-origin", { Origin: "https://evil.test", ...SAME_ORIGIN }],
  ["another port of this host", { Origin: "http://localhost:1" }],
  ["a longer name that begins like ours", { Origin: "http://localhost.evil.test" }],
  ["an opaque origin", { Origin: "null" }],
  ["no origin at all", {}],
  ["a cross-site fetch without an origin", { "Sec-Fetch-Site": "cross-site" }],
  ["a same-site fetch without an origin", { "Sec-Fetch-Site": "same-site" }],
  ["a forged forwarded host", { Origin: "https://evil.test", "X-Forwarded-Host": "evil.test" }],
];

test("a server action from another site changes nothing, whatever origin it claims", async ({
  asUser,
  token,
}) => {
  const person = await asUser();
  const { actions, name } = await recordActions(person, token);
  const before = await listed(person);
  for (const action of actions) {
    for (const [from, headers] of CROSS_SITE) {
      const answer = await replay(person.context.request, action, headers);
      const isRefused =
        answer.status >= 400 || answer.text.includes("did not come from this console");
      expect([from, isRefused]).toEqual([from, true]);
    }
  }
  expect(await listed(person)).toEqual(before);
  expect(await readToken(person.program, name)).toBeDefined();
});

test("a server action without a sign-in changes nothing", async ({ asUser, token, newBrowser }) => {
  const person = await asUser();
  const { actions } = await recordActions(person, token);
  const before = await listed(person);
  const stranger = await newBrowser();
  for (const action of actions) {
    const answer = await replay(stranger.request, action, SAME_ORIGIN);
    expect(answer.text).toContain("Your sign-in has ended");
  }
  expect(await listed(person)).toEqual(before);
});

test("a server action is not authorised by a bearer token, nor the API by a cookie", async ({
  asUser,
  token,
  program,
}) => {
  const person = await asUser();
  const { actions } = await recordActions(person, token);
  const before = await listed(person);
  const client = await program((await token(person)).bearer);
  for (const action of actions) {
    const answer = await replay(client, action, SAME_ORIGIN);
    expect(answer.text).toContain("Your sign-in has ended");
  }
  const withCookie = await person.context.request.get(TOKENS);
  expect(withCookie.status()).toBe(401);
  const page = await client.get("/tokens", { maxRedirects: 0 });
  expect(page.status()).toBe(307);
  expect((await listed(person)).length).toBe(before.length + 1);
});

test("a create that is sent twice makes one token and shows no value again", async ({ asUser }) => {
  const { page, context, program } = await asUser();
  await page.goto("/tokens");
  let value = "";
  const action = await recordAction(page, async () => {
    value = (await createToken(page, { description: "once" })).value;
  });
  const again = await replay(context.request, action, SAME_ORIGIN);
  expect(again.text).toContain("already submitted");
  expect(again.text).not.toContain(value);
  const { items } = await (await program.get(TOKENS)).json();
  const made = items.filter((item: { spec: { description: string } }) => {
    return item.spec.description === "once";
  });
  expect(made).toHaveLength(1);
});

test("signing out needs a post from this site", async ({ asUser }) => {
  const { context } = await asUser();
  const client = context.request;
  expect((await client.get("/sign-out")).status()).toBe(405);
  for (const [, headers] of CROSS_SITE.filter(([, headers]) => !("Sec-Fetch-Site" in headers))) {
    const answer = await client.post("/sign-out", { headers, maxRedirects: 0 });
    expect(answer.status()).toBe(403);
  }
  await client.get("/api/auth/signout");
  expect((await client.get("/tokens", { maxRedirects: 0 })).status()).toBe(200);
});

test("reading an address changes nothing, whatever it asks for", async ({ asUser, token }) => {
  const person = await asUser();
  const { name } = await token(person);
  const before = await listed(person);
  const addresses = [
    `/tokens/${name}?delete=1&enabled=false`,
    `/tokens/${name}?_method=DELETE`,
    `/tokens?name=${name}&action=delete`,
    `/tokens/${name}/delete`,
    "/api/auth/callback/credentials?username=root&password=x",
    "/v1-public/login?username=root&password=x",
  ];
  for (const address of addresses) {
    for (const method of ["GET", "HEAD"]) {
      const answer = await person.context.request.fetch(address, { method, maxRedirects: 0 });
      expect([address, answer.status() < 500]).toEqual([address, true]);
    }
  }
  expect(await listed(person)).toEqual(before);
});

async function recordActions(
  person: Person,
  token: MintToken,
): Promise<{ actions: RecordedAction[]; name: string }> {
  const { page } = person;
  const { name } = await token(person);
  await page.goto("/tokens");
  const create = await recordAction(page, () => createToken(page, { description: "recorded" }));
  await finishReveal(page);
  await choose(page, name, "Edit");
  await page.getByRole("textbox", { name: "Description" }).fill("edited");
  const edit = await recordAction(page, () =>
    page.getByRole("button", { name: "Save changes" }).click(),
  );
  await expect(rowOf(page, name)).toContainText("edited");
  const disable = await recordAction(page, () => choose(page, name, "Disable"));
  await expect(rowOf(page, name)).toContainText("Disabled");
  await choose(page, name, "Enable");
  await expect(rowOf(page, name)).toContainText("Active");
  const doomed = await token(person);
  await page.goto("/tokens");
  const remove = await recordAction(page, () => choose(page, doomed.name, "Delete"));
  await expect(rowOf(page, doomed.name)).toHaveCount(0);
  remove.body = remove.body.replaceAll(doomed.name, name);
  // A key that was used is refused anyway; a fresh one would make a token.
  create.body = create.body.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, freshKey);
  return { actions: [create, edit, disable, remove], name };
}

const freshKey = () => crypto.randomUUID();

async function listed(person: Person) {
  const { items } = await (await person.program.get(TOKENS)).json();
  return items.map((item: { metadata: unknown; spec: unknown }) => [item.metadata, item.spec]);
}
