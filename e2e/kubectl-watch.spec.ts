import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { expect, type Person, test } from "./fixtures";
import type { Address } from "./latchkey";
import { TOKENS } from "./tokens";

interface Kubectl {
  home: string;
  latchkey: Address;
  bearer: string;
}

const RESOURCE = "tokens.ext.cattle.io";

async function create(owner: Person, team: string, description = ""): Promise<string> {
  const data = { metadata: { labels: { team } }, spec: { description } };
  const answer = await owner.program.post(TOKENS, { data });
  return (await answer.json()).metadata.name;
}

test("kubectl get -w prints the tokens and then a line for every change", async ({
  asUser,
  token,
  latchkey,
}, testInfo) => {
  const owner = await asUser();
  const { bearer } = await token(owner);
  const kubectl = { home: testInfo.outputPath(), latchkey, bearer };
  const first = await create(owner, "a", "first");
  const watch = start(kubectl, ["get", RESOURCE, "-w", "-o", "wide", "-l", "team=a"]);
  try {
    await expect.poll(watch.lines).toHaveLength(2);
    expect(watch.lines()[0]).toMatch(/^NAME +USER +KIND +TTL +AGE +DESCRIPTION$/);
    expect(watch.lines()[1]).toMatch(new RegExp(`^${first} .* first$`));
    const second = await create(owner, "a", "second");
    await create(owner, "b", "not selected");
    await owner.program.patch(`${TOKENS}/${second}`, {
      data: { spec: { description: "changed" } },
      headers: { "content-type": "application/merge-patch+json" },
    });
    await owner.program.delete(`${TOKENS}/${first}`);
    await expect.poll(watch.lines).toHaveLength(5);
    expect(watch.lines()[2]).toMatch(new RegExp(`^${second} .* second$`));
    expect(watch.lines()[3]).toMatch(new RegExp(`^${second} .* changed$`));
    expect(watch.lines()[4]).toMatch(new RegExp(`^${first} .* first$`));
  } finally {
    watch.stop();
  }
});

test("kubectl delete -l deletes what the selector selects, and waits until it is gone", async ({
  asUser,
  token,
  latchkey,
}, testInfo) => {
  const owner = await asUser();
  const { bearer } = await token(owner);
  const kubectl = { home: testInfo.outputPath(), latchkey, bearer };
  const gone = [await create(owner, "a"), await create(owner, "a")];
  const kept = await create(owner, "b");
  const deleted = await run(kubectl, ["delete", RESOURCE, "-l", "team in (a,c)"]);
  for (const name of gone) expect(deleted).toContain(`token.ext.cattle.io "${name}" deleted`);
  const left = await run(kubectl, ["get", RESOURCE, "-o", "name", "-l", "team"]);
  expect(left.trim()).toBe(`token.ext.cattle.io/${kept}`);
});

test("kubectl get --chunk-size, --field-selector and wait --for=delete work", async ({
  asUser,
  token,
  latchkey,
}, testInfo) => {
  const owner = await asUser();
  const { bearer } = await token(owner);
  const kubectl = { home: testInfo.outputPath(), latchkey, bearer };
  const names = [await create(owner, "a"), await create(owner, "a"), await create(owner, "a")];
  const chunks = ["get", RESOURCE, "-o", "name", "--chunk-size", "2", "-l", "team=a"];
  const listed = (await run(kubectl, chunks)).trim().split("\n");
  expect(listed).toEqual(names.map((name) => `token.ext.cattle.io/${name}`).toSorted());
  const [name = ""] = names;
  const one = ["get", RESOURCE, "-o", "name", "--field-selector", `metadata.name=${name}`];
  expect((await run(kubectl, one)).trim()).toBe(`token.ext.cattle.io/${name}`);
  const waiting = run(kubectl, ["wait", "--for=delete", `${RESOURCE}/${name}`, "--timeout=20s"]);
  await owner.program.delete(`${TOKENS}/${name}`);
  await waiting;
});

function start(kubectl: Kubectl, args: string[]) {
  const child = spawn("kubectl", toArguments(kubectl, args), { env: environment(kubectl) });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  return {
    lines: () =>
      text
        .split("\n")
        .filter(Boolean)
        .map((line) => line.trimEnd()),
    stop: () => child.kill(),
  };
}

async function run(kubectl: Kubectl, args: string[]): Promise<string> {
  const options = { env: environment(kubectl) };
  return (await promisify(execFile)("kubectl", toArguments(kubectl, args), options)).stdout;
}

function toArguments({ latchkey, bearer }: Kubectl, args: string[]): string[] {
  const { secureUrl, caFile } = latchkey;
  return ["--server", secureUrl, "--certificate-authority", caFile, "--token", bearer, ...args];
}

function environment({ home }: Kubectl) {
  return { PATH: process.env.PATH ?? "", HOME: home, NODE_ENV: "test" } as const;
}
