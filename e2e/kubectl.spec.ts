import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createToken, finishReveal } from "./console";
import { expect, test } from "./fixtures";
import { TOKENS } from "./tokens";

const LIST = ["get", "tokens.ext.cattle.io", "-o", "wide"];

test("kubectl lists tokens over TLS with the published command, and no more once the token is stopped", async ({
  asUser,
  token,
  latchkey,
}, testInfo) => {
  const owner = await asUser();
  const { name, bearer } = await token(owner);
  const home = testInfo.outputPath();
  const connection = ["--server", latchkey.secureUrl, "--certificate-authority", latchkey.caFile];
  const list = () => kubectl(home, [...connection, "--token", bearer, ...LIST]);
  expect(await list()).toMatch(new RegExp(`^NAME +USER +KIND .*\\n(.*\\n)*${name} +${owner.id} `));
  await owner.program.delete(`${TOKENS}/${name}`);
  await expect(list()).rejects.toThrow(/Unauthorized|logged in/);
});

test("the downloaded kubeconfig works as it is", async ({ asUser }, testInfo) => {
  const { page } = await asUser();
  await page.goto("/tokens");
  const { reveal } = await createToken(page, { description: "kubeconfig" });
  await reveal.getByText("Ready-made commands").click();
  const downloading = page.waitForEvent("download");
  await reveal.getByRole("button", { name: "Download kubeconfig" }).click();
  const file = testInfo.outputPath("kubeconfig");
  await (await downloading).saveAs(file);
  await finishReveal(page);
  const list = await kubectl(testInfo.outputPath(), ["--kubeconfig", file, ...LIST]);
  expect(list).toMatch(/^token-\w+ .* kubeconfig$/m);
});

async function kubectl(home: string, args: string[]): Promise<string> {
  const environment = { PATH: process.env.PATH ?? "", HOME: home, NODE_ENV: "test" } as const;
  const { stdout } = await promisify(execFile)("kubectl", args, { env: environment });
  return stdout;
}
