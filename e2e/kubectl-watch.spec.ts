import { readFileSync, writeFileSync } from "node:fs";
import { expect, type Person, test } from "./fixtures";
import { findKubectls } from "./kubectls";
import { openShell } from "./shell";
import { TOKENS } from "./tokens";

const RESOURCE = "tokens.ext.cattle.io";

async function create(owner: Person, team: string, description = ""): Promise<string> {
  const data = { metadata: { labels: { team } }, spec: { description } };
  const answer = await owner.program.post(TOKENS, { data });
  return (await answer.json()).metadata.name;
}

for (const kubectl of findKubectls()) {
  test.describe(`kubectl 1.${kubectl.minor}`, () => {
    test("get -w prints the tokens, then a line for every change, and ends with its token", async ({
      asUser,
      token,
      latchkey,
    }, testInfo) => {
      const owner = await asUser();
      const { bearer, name } = await token(owner);
      const shell = openShell(testInfo.outputPath(), { kubectl, latchkey, bearer });
      const output = testInfo.outputPath("output");
      writeFileSync(output, "");
      const lines = () => readFileSync(output, "utf8").split("\n").filter(Boolean);
      const first = await create(owner, "a", "first");
      const watching = shell(`kubectl get ${RESOURCE} -w -o wide -l team=a > ${output}`);
      await expect.poll(() => lines().length).toBe(2);
      expect(lines()[0]).toMatch(/^NAME +USER +KIND +TTL +AGE +DESCRIPTION$/);
      expect(lines()[1]).toMatch(new RegExp(`^${first} .* first$`));
      const second = await create(owner, "a", "second");
      await create(owner, "b", "not selected");
      await owner.program.patch(`${TOKENS}/${second}`, {
        data: JSON.stringify({ spec: { description: "changed" } }),
        headers: { "Content-Type": "application/merge-patch+json" },
      });
      await owner.program.delete(`${TOKENS}/${first}`);
      await expect.poll(() => lines().length).toBe(5);
      expect(lines()[2]).toMatch(new RegExp(`^${second} .* second$`));
      expect(lines()[3]).toMatch(new RegExp(`^${second} .* changed$`));
      expect(lines()[4]).toMatch(new RegExp(`^${first} .* first$`));
      await owner.program.delete(`${TOKENS}/${name}`);
      await watching;
    });

    test("delete -l deletes what the selector selects and waits until it is gone", async ({
      asUser,
      token,
      latchkey,
    }, testInfo) => {
      const owner = await asUser();
      const { bearer } = await token(owner);
      const shell = openShell(testInfo.outputPath(), { kubectl, latchkey, bearer });
      const gone = [await create(owner, "a"), await create(owner, "a")];
      const kept = await create(owner, "b");
      const deleted = await shell(`kubectl delete ${RESOURCE} -l "team in (a,c)"`);
      for (const name of gone) {
        expect(deleted.stdout).toContain(`token.ext.cattle.io "${name}" deleted`);
      }
      const left = await shell(`kubectl get ${RESOURCE} -o name -l team`);
      expect(left.stdout.trim()).toBe(`token.ext.cattle.io/${kept}`);
    });

    test("get --chunk-size, get --field-selector and wait --for=delete work", async ({
      asUser,
      token,
      latchkey,
    }, testInfo) => {
      const owner = await asUser();
      const { bearer } = await token(owner);
      const shell = openShell(testInfo.outputPath(), { kubectl, latchkey, bearer });
      const names = [await create(owner, "a"), await create(owner, "a"), await create(owner, "a")];
      const listed = await shell(`kubectl get ${RESOURCE} -o name --chunk-size 2 -l team=a`);
      const expected = names.map((name) => `token.ext.cattle.io/${name}`).toSorted();
      expect(listed.stdout.trim().split("\n")).toEqual(expected);
      const [name = ""] = names;
      const selector = `--field-selector metadata.name=${name}`;
      const one = await shell(`kubectl get ${RESOURCE} -o name ${selector}`);
      expect(one.stdout.trim()).toBe(`token.ext.cattle.io/${name}`);
      const log = testInfo.outputPath("log");
      writeFileSync(log, "");
      const wait = `kubectl wait --for=delete ${RESOURCE}/${name} --timeout=20s -v=6`;
      const waiting = shell(`${wait} 2> ${log}`);
      // Before, an older kubectl says that there is no such token.
      await expect.poll(() => readFileSync(log, "utf8")).toContain("watch=true");
      await owner.program.delete(`${TOKENS}/${name}`);
      expect((await waiting).code).toBe(0);
    });
  });
}
