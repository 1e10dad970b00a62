import { readFileSync } from "node:fs";
import { readManifest } from "./access/manifest";
import { expect, test } from "./fixtures";

test("what goes wrong in the pages is in the log under the digest that people are shown", async ({
  asUser,
  latchkey,
}) => {
  const { context } = await asUser();
  const { actions } = await readManifest();
  const action = actions.find(({ name }) => name === "createTokenAction");
  const answer = await context.request.post("/tokens", {
    headers: {
      "Next-Action": action?.id ?? "",
      "Content-Type": "text/plain;charset=UTF-8",
      Origin: latchkey.url,
      "Sec-Fetch-Site": "same-origin",
    },
    data: "no arguments at all",
  });
  expect(answer.status()).toBe(500);
  const [, digest] = /"digest":"([^"]+)"/.exec(await answer.text()) ?? [];
  expect(digest).toBeTruthy();
  await expect
    .poll(() =>
      readFileSync(latchkey.logFile, "utf8")
        .split("\n")
        .filter(
          (line) => line.includes(`"digest":"${digest}"`) && line.includes('"level":"error"'),
        ),
    )
    .toHaveLength(1);
});
