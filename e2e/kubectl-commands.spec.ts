import { expect, test } from "./fixtures";
import { explainable, findKubectls } from "./kubectls";
import type { Outcome } from "./shell";
import { aShell } from "./signed-in-shell";

const NAME = "token-[bcdfghjklmnpqrstvwxz2456789]{10}";

for (const kubectl of findKubectls()) {
  test.describe(`kubectl 1.${kubectl.minor}`, () => {
    test("explains every field, and refuses one that there is not before it sends it", async ({
      latchkey,
      program,
    }, testInfo) => {
      const { shell } = await aShell(kubectl, { latchkey, program }, testInfo.outputPath());
      const resource = explainable(kubectl);
      const all = await shell(`kubectl explain ${resource} --recursive`);
      for (const field of ["ttl", "enabled", "bearerToken", "expiresAt", "resourceVersion"]) {
        expect(all.stdout).toMatch(new RegExp(`\\s${field}\\t<\\w+>`));
      }
      const ttl = await shell(`kubectl explain ${resource}.spec.ttl`);
      expect(ttl.stdout).toMatch(/ttl <integer>[\s\S]*milliseconds/);
      const misspelt = await shell(created("spec: {descripton: x}"));
      expect(misspelt.code).toBe(1);
      expect(misspelt.stderr).toMatch(/unknown field "(spec\.)?descripton"/);
      const forced = await shell(created("spec: {descripton: x}", "--validate=false"));
      expect(forced.code).toBe(0);
    });

    test("patches in both ways, labels, and shows what is refused", async ({
      latchkey,
      program,
    }, testInfo) => {
      const { shell, mint, read } = await aShell(
        kubectl,
        { latchkey, program },
        testInfo.outputPath(),
      );
      const name = await mint();
      const patch = (type: string, body: unknown) =>
        shell(
          `kubectl patch tokens.ext.cattle.io ${name} --type=${type} -p '${JSON.stringify(body)}'`,
        );
      expect(await patch("merge", { spec: { description: "merged" } })).toMatchObject(
        done("patched"),
      );
      const operations = [
        { op: "test", path: "/spec/description", value: "merged" },
        { op: "replace", path: "/spec/enabled", value: false },
      ];
      expect(await patch("json", operations)).toMatchObject(done("patched"));
      expect(await shell(`kubectl label tokens.ext.cattle.io ${name} team=a`)).toMatchObject(
        done("labeled"),
      );
      expect(await read(name)).toMatchObject({
        metadata: { labels: { team: "a" } },
        spec: { description: "merged", enabled: false },
      });
      expect(
        refusalOf(
          await patch(
            "json",
            operations.slice(0, 1).map((operation) => ({ ...operation, value: "x" })),
          ),
        ),
      ).toMatch(/is invalid: patch\[0\]/);
      expect(refusalOf(await patch("strategic", {}))).toContain(
        "application/merge-patch+json or application/json-patch+json",
      );
      expect(refusalOf(await patch("merge", { spec: { ttl: 99_999_999_999 } }))).toContain(
        "only an administrator can extend spec.ttl",
      );
      expect(refusalOf(await patch("merge", { spec: { userID: "x" } }))).toContain("spec.userID");
      expect(refusalOf(await shell("kubectl get tokens.ext.cattle.io token-bcdfghjklm"))).toBe(
        'Error from server (NotFound): tokens.ext.cattle.io "token-bcdfghjklm" not found\n',
      );
    });

    test("asks what one may do, and who one is", async ({ latchkey, program }, testInfo) => {
      const { shell, account } = await aShell(
        kubectl,
        { latchkey, program },
        testInfo.outputPath(),
      );
      const may = await shell("kubectl auth can-i create tokens.ext.cattle.io");
      expect([may.code, may.stdout]).toEqual([0, "yes\n"]);
      const mayNot = await shell("kubectl auth can-i create tokenreviews.authentication.k8s.io");
      expect(mayNot.code).toBe(1);
      expect(mayNot.stdout).toMatch(/^no\b/);
      const list = await shell("kubectl auth can-i --list");
      expect(list.stdout).toMatch(/^tokens\.ext\.cattle\.io .*\[create delete .*watch\]$/m);
      expect((await shell("kubectl version")).stdout).toContain("+latchkey");
      // Before 1.28 `auth whoami` asks only for the version of the review before this one.
      if (kubectl.minor < 28) return;
      const who = await shell("kubectl auth whoami");
      expect(who.stdout).toContain(account.username);
      expect(who.stdout).toContain("latchkey:user");
    });

    test("lists what is selected in any form, and stores nothing in a dry run", async ({
      latchkey,
      program,
    }, testInfo) => {
      const { shell, mint } = await aShell(kubectl, { latchkey, program }, testInfo.outputPath());
      const [name, other] = [await mint(), await mint()];
      await shell(`kubectl label tokens.ext.cattle.io ${name} team=a`);
      await shell(`kubectl annotate tokens.ext.cattle.io ${name} example.com/note=hello`);
      const get = async (how: string) =>
        (await shell(`kubectl get tokens.ext.cattle.io ${how}`)).stdout;
      expect(await get("-l team=a -o name")).toBe(`token.ext.cattle.io/${name}\n`);
      expect(await get("-l 'team notin (a)' --no-headers")).not.toContain(name);
      expect(await get("--field-selector spec.enabled=false -o name")).toBe("");
      expect(await get(`${name} -o yaml`)).toMatch(/annotations:\n +example\.com\/note: hello\n/);
      expect(await get("--chunk-size=1 -o name")).toContain(other);
      expect(await get("--sort-by=.metadata.name -L team")).toMatch(new RegExp(`${name} .* a\\n`));
      const before = await get("-o name");
      expect(await shell(created("spec: {}", "--dry-run=server -o name"))).toMatchObject({
        code: 0,
      });
      expect(await get("-o name")).toBe(before);
    });

    test("watches: each change is a row of the table", async ({ latchkey, program }, testInfo) => {
      const { shell, mint, redescribe } = await aShell(
        kubectl,
        { latchkey, program },
        testInfo.outputPath(),
      );
      const name = await mint();
      let isOver = false;
      // The heading, the sign-in, the token, and one change of it.
      const watching = shell("kubectl get tokens.ext.cattle.io -o wide -w | head -n 4");
      watching.finally(() => {
        isOver = true;
      });
      let changes = 0;
      await expect
        .poll(async () => {
          changes += 1;
          await redescribe(name, `change-${changes}`);
          return isOver;
        })
        .toBe(true);
      const lines = (await watching).stdout.trimEnd().split("\n");
      expect(lines).toHaveLength(4);
      expect(lines[3]).toMatch(new RegExp(`^${name} +user-\\w+ .* change-\\d+$`));
    });

    test("deletes what a label selects, and nothing else", async ({
      latchkey,
      program,
    }, testInfo) => {
      const { shell, mint } = await aShell(kubectl, { latchkey, program }, testInfo.outputPath());
      const [selected, other] = [await mint(), await mint()];
      expect((await shell(`kubectl label tokens.ext.cattle.io ${selected} drop=me`)).code).toBe(0);
      const deleted = await shell("kubectl delete tokens.ext.cattle.io -l drop=me");
      expect(deleted).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`"${selected}" deleted`),
      });
      expect((await shell(`kubectl get tokens.ext.cattle.io ${selected}`)).code).toBe(1);
      expect((await shell(`kubectl get tokens.ext.cattle.io ${other}`)).code).toBe(0);
    });
  });
}

function created(spec: string, flags = ""): string {
  return `kubectl create ${flags} -f -<<EOF\napiVersion: ext.cattle.io/v1\nkind: Token\n${spec}\nEOF`;
}

function done(how: string) {
  return {
    code: 0,
    stdout: expect.stringMatching(new RegExp(`^token\\.ext\\.cattle\\.io/${NAME} ${how}\\n$`)),
  };
}

function refusalOf({ code, stderr }: Outcome): string {
  expect(code).toBe(1);
  return stderr;
}
