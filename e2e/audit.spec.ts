import { allowEvents, refuseEventsOf } from "@/db/testing/refused-events";
import { onDatabase } from "./database";
import { expect, test } from "./fixtures";
import { patchToken, TOKENS } from "./tokens";

test("an administrator finds an event by a filter in the address, reads and exports it", async ({
  asAdmin,
  asUser,
  token,
}) => {
  const [admin, owner] = [await asAdmin(), await asUser()];
  const { name } = await token(owner, { description: "deploy" });
  await patchToken(owner.program, name, { description: "=deploy of the shop" });
  const { page } = admin;
  await page.goto("/tokens");
  await page.getByRole("link", { name: "Audit", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Audit" })).toBeVisible();

  await page.getByRole("textbox", { name: "Owner" }).fill(owner.username);
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(`/admin/audit?owner=${owner.username}`);
  await page.getByRole("combobox", { name: "Action" }).selectOption("token.update");
  await expect(page).toHaveURL(`/admin/audit?owner=${owner.username}&action=token.update`);
  const rows = page.getByRole("region", { name: "Events" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(name);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const file = await (await download).createReadStream();
  const csv = (await file.toArray()).join("");
  expect(csv).toContain(`owner=${owner.username}&action=token.update`);
  expect(csv).toContain(name);
  expect(csv.split("\r\n")).toHaveLength(4);

  await rows.nth(1).getByRole("link", { name: "changed a token" }).click();
  await expect(page).toHaveURL(/\/admin\/audit\/\d+$/);
  const changes = page.getByRole("region", { name: "Changes" });
  await expect(changes.getByRole("row", { name: /^description/ })).toContainText(
    "=deploy of the shop",
  );
  await page.getByRole("region", { name: "Facts" }).getByRole("link", { name }).first().click();
  await expect(page).toHaveURL(`/tokens/${name}`);

  await page.goto("/admin/audit?colour=red&action=token.eat");
  const notice = page.getByRole("main").getByRole("alert");
  await expect(notice).toContainText("There is no filter “colour”.");
  await expect(notice).toContainText("“token.eat” is nothing that action can be");
});

test("while it is live new events come on top, and focus stays where it is", async ({
  asAdmin,
  asUser,
  token,
}) => {
  const [admin, owner] = [await asAdmin(), await asUser()];
  const { page } = admin;
  await page.goto(`/admin/audit?owner=${owner.username}`);
  const rows = page.getByRole("region", { name: "Events" }).getByRole("row");
  await expect(rows).not.toHaveCount(0);
  const before = await rows.count();
  const live = page.getByRole("switch", { name: "Live" });
  await live.check();
  const { name } = await token(owner, { description: "comes later" });
  await expect(rows).toHaveCount(before + 1);
  await expect(rows.nth(1)).toContainText(name);
  await expect(live).toBeFocused();
  await live.uncheck();
});

test("the trail is read by administrators alone, in pages and by programs", async ({
  asAdmin,
  asUser,
  expectNoise,
}) => {
  expectNoise(/status of 404/);
  const [admin, owner] = [await asAdmin(), await asUser()];
  for (const address of ["/admin/audit", "/admin/audit/1"]) {
    await owner.page.goto(address);
    await expect(owner.page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  }
  await expect(owner.page.getByRole("link", { name: "Audit", exact: true })).toHaveCount(0);
  for (const address of ["tail", "export?format=csv"]) {
    expect((await owner.context.request.get(`/admin/audit/${address}`)).status()).toBe(404);
  }
  const events = "/apis/audit.latchkey/v1/events";
  expect((await owner.program.get(events)).status()).toBe(403);
  const answer = await admin.program.get(`${events}?actor=${owner.username}`);
  expect(answer.headers()["content-type"]).toBe("application/x-ndjson");
  const [head, first] = (await answer.text()).split("\n");
  expect(JSON.parse(head ?? "")).toMatchObject({ filter: { actor: owner.username } });
  expect(JSON.parse(first ?? "")).toMatchObject({ actor: owner.username });
  expect((await admin.program.get(`${events}?colour=red`)).status()).toBe(400);
  expect((await admin.program.get(`${events}?format=xlsx`)).status()).toBe(400);
  expect((await admin.program.post(events)).status()).toBe(405);
});

test("while no event can be stored, no change of any kind goes through, and checks do", async ({
  asAdmin,
  asUser,
  token,
  latchkey,
}) => {
  const [admin, owner] = [await asAdmin(), await asUser()];
  const { name } = await token(owner, { description: "kept" });
  // Of these two alone: other journeys run beside this one.
  await onDatabase(latchkey, (db) => refuseEventsOf(db, [admin.id, owner.id]));
  try {
    const patch = { headers: { "Content-Type": "application/merge-patch+json" } };
    const changes = [
      owner.program.post(TOKENS, { data: { spec: { description: "never" } } }),
      owner.program.patch(`${TOKENS}/${name}`, { ...patch, data: '{"spec":{"enabled":false}}' }),
      owner.program.delete(`${TOKENS}/${name}`),
      admin.program.delete(`${TOKENS}/${name}`),
    ];
    for (const change of changes) expect((await change).status()).toBe(500);
    const list = await (await owner.program.get(TOKENS)).json();
    const stored = list.items.find(
      (item: { metadata: { name: string } }) => item.metadata.name === name,
    );
    expect(stored.spec).toMatchObject({ description: "kept", enabled: true });
    expect(JSON.stringify(list)).not.toContain("never");
    expect((await owner.program.get("/verify")).status()).toBe(200);
  } finally {
    await onDatabase(latchkey, allowEvents);
  }
});
