import { type RecordedAction, recordAction, replay, SAME_ORIGIN } from "./actions";
import { choose, rowOf } from "./console";
import { expect, type Person, test } from "./fixtures";
import { readToken, TOKENS } from "./tokens";

const MISSING = "token-zzzzzzzzzz";
const NOT_FOUND_NOISE = /status of 404/;

test("by API somebody else's token is answered byte for byte as one that does not exist", async ({
  asUser,
  token,
}) => {
  const [owner, stranger] = [await asUser(), await asUser()];
  const { name } = await token(owner, { description: "not yours" });
  const before = await readToken(owner.program, name);
  const patch = (spec: unknown) => ({
    method: "PATCH",
    headers: { "Content-Type": "application/merge-patch+json" },
    data: JSON.stringify({ spec }),
  });
  const requests = [
    { method: "GET" },
    { method: "DELETE" },
    patch({ enabled: false }),
    patch({ ttl: -7 }),
    patch({ userID: stranger.id }),
    { method: "PUT", data: { metadata: {}, spec: { description: "taken" } } },
  ];
  for (const options of requests) {
    const answers = await Promise.all(
      [name, MISSING].map(async (target) => {
        const answer = await stranger.program.fetch(`${TOKENS}/${target}`, options);
        const body = (await answer.text()).replaceAll(target, "NAME");
        return { status: answer.status(), type: answer.headers()["content-type"], body };
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.status).toBe(404);
  }
  const list = await (await stranger.program.get(TOKENS)).text();
  expect(list).not.toContain(name);
  expect(await readToken(owner.program, name)).toEqual(before);
});

test("the page of somebody else's token is the page of a token that does not exist", async ({
  asUser,
  token,
  expectNoise,
}) => {
  expectNoise(NOT_FOUND_NOISE);
  const [owner, stranger] = [await asUser(), await asUser()];
  const { name } = await token(owner, { description: "not yours" });
  const pageOf = async (target: string) => {
    const answer = await stranger.context.request.get(`/tokens/${target}`);
    return { status: answer.status(), body: withoutChance(await answer.text(), target) };
  };
  // The parts of a page are sent as they get ready: now and then cut at another place.
  await expect(async () => {
    const [theirs, missing] = [await pageOf(name), await pageOf(MISSING)];
    expect(theirs).toEqual(missing);
    expect(theirs.status).toBe(404);
  }).toPass({ timeout: 10_000 });
  await stranger.page.goto(`/tokens/${name}`);
  await expect(stranger.page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  for (const path of [
    "/tokens?kind=all",
    `/tokens?kind=all&q=${name}`,
    `/tokens?owner=${owner.username}`,
  ]) {
    const body = await (await stranger.context.request.get(path)).text();
    expect(body).not.toContain("not yours");
  }
});

test("by server action somebody else's token is answered as one that does not exist, and unchanged", async ({
  asUser,
  token,
}) => {
  const [owner, stranger] = [await asUser(), await asUser()];
  const { name } = await token(owner, { description: "not yours" });
  const before = await readToken(owner.program, name);
  for (const { own, action } of await recordActions(stranger, token)) {
    const answers = await Promise.all(
      [name, MISSING].map(async (target) => {
        const aimed = { ...action, body: action.body.replaceAll(own, target) };
        const answer = await replay(stranger.context.request, aimed, SAME_ORIGIN);
        return { ...answer, text: withoutChance(answer.text, target) };
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.text).toContain("This token is gone.");
    expect(await readToken(owner.program, name)).toEqual(before);
  }
});

test("an administrator sees the tokens of all users with their owners; others do not find that page", async ({
  asUser,
  asAdmin,
  token,
  expectNoise,
}) => {
  expectNoise(NOT_FOUND_NOISE);
  const [first, second, admin] = [await asUser(), await asUser(), await asAdmin()];
  const tokens = [await token(first), await token(second)];
  for (const [index, { username }] of [first, second].entries()) {
    await admin.page.goto(`/admin/tokens?q=${tokens[index]?.name}`);
    await expect(rowOf(admin.page, tokens[index]?.name ?? "")).toContainText(username);
  }
  await expect(admin.page.getByRole("columnheader", { name: "Owner" })).toBeVisible();

  const answer = await first.page.goto("/admin/tokens");
  expect(answer?.status()).toBe(404);
  await expect(first.page.getByRole("link", { name: "All tokens" })).toHaveCount(0);
  const data = await first.context.request.get("/admin/tokens?_rsc=1", { headers: { RSC: "1" } });
  expect(await data.text()).not.toContain(tokens[1]?.name);
});

type MintToken = (owner: Person) => Promise<{ name: string }>;

// Edit, disable and delete, as the stranger sends them for tokens of their own.
async function recordActions(
  stranger: Person,
  token: MintToken,
): Promise<{ own: string; action: RecordedAction }[]> {
  const { page } = stranger;
  const { name: own } = await token(stranger);
  await page.goto("/tokens");
  await choose(page, own, "Edit");
  const edit = await recordAction(page, () =>
    page.getByRole("button", { name: "Save changes" }).click(),
  );
  await expect(page.getByText("Changes saved")).toBeVisible();
  const disable = await recordAction(page, () => choose(page, own, "Disable"));
  await expect(rowOf(page, own)).toContainText("Disabled");
  const remove = await recordAction(page, () => choose(page, own, "Delete"));
  await expect(rowOf(page, own)).toHaveCount(0);
  return [edit, disable, remove].map((action) => ({ own, action }));
}

// What differs between any two answers: nonces, the name that was asked for, how long the sign-in
// still lasts, and the order in which the rows of a page get ready.
function withoutChance(body: string, name: string): string {
  return body
    .replaceAll(name, "NAME")
    .replace(/nonce(="|":"|\\":\\")[^"\\]+/g, "nonce$1")
    .replace(/"b":"[^"]+"/g, "")
    .replace(/leftMs\W+\d+/g, "leftMs")
    .split("\\n")
    .sort()
    .join("\n");
}
