import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./fixtures";
import { findKubectls, type Kubectl } from "./kubectls";
import type { Address } from "./latchkey";
import { addUser } from "./people";
import { publishedCommands } from "./published/commands";
import { type Outcome, openShell, type Shell } from "./shell";
import { signInProgram } from "./sign-in";
import { mintToken, readToken } from "./tokens";

interface Surroundings {
  latchkey: Address;
  program: (bearer: string) => Promise<APIRequestContext>;
}

const VALUE = /^[bcdfghjklmnpqrstvwxz2456789]{54}$/;
const NAME = "token-[bcdfghjklmnpqrstvwxz2456789]{10}";
const USER = "user-\\w+";
const SAMPLE_NAME = /token-(chjc9|zp786)/;

const TABLE = new RegExp(`^NAME +KIND +TTL +AGE\\n(${NAME} .*\\n)+$`);
const WIDE = new RegExp(`^NAME +USER +KIND +TTL +AGE +DESCRIPTION\\n(${NAME} +${USER} .*\\n)+$`);

// What the document promises of each command, by how it begins.
const PROMISES: [prefix: string, promise: RegExp][] = [
  [
    "kubectl api-resources",
    /^NAME +SHORTNAMES +APIVERSION +NAMESPACED +KIND\ntokens +ext\.cattle\.io\/v1 +false +Token\n$/,
  ],
  [
    "kubectl explain",
    /KIND: +Token\nVERSION: +(ext\.cattle\.io\/)?v1\n[\s\S]*DESCRIPTION:\n[\s\S]*FIELDS:\n[\s\S]* spec\t<Object>/,
  ],
  ["kubectl create", VALUE],
  [
    "kubectl get tokens.ext.cattle.io token- -o wide",
    new RegExp(
      `^NAME +USER +KIND +TTL +AGE +DESCRIPTION\\n${NAME} +${USER} +30d +\\w+ +sample\\n$`,
    ),
  ],
  [
    "kubectl get tokens.ext.cattle.io token-",
    new RegExp(`^NAME +KIND +TTL +AGE\\n${NAME} +30d +\\w+\\n$`),
  ],
  ["kubectl get tokens.ext.cattle.io -o wide", WIDE],
  ["kubectl get tokens.ext.cattle.io", TABLE],
  ["kubectl delete", new RegExp(`^token\\.ext\\.cattle\\.io "${NAME}" deleted( from .*)?\\n$`)],
  ["kubectl edit", new RegExp(`^token\\.ext\\.cattle\\.io/${NAME} edited\\n$`)],
];
const EDITOR = { KUBE_EDITOR: "sed -i 's/description: .*/description: edited/'" };

for (const kubectl of findKubectls()) {
  test.describe(`kubectl 1.${kubectl.minor}`, () => {
    test("runs every command of the published workflow as it stands there", async ({
      latchkey,
      program,
    }, testInfo) => {
      const { shell, mint, read } = await aShell(
        kubectl,
        { latchkey, program },
        testInfo.outputPath(),
      );
      const commands = publishedCommands();
      expect(commands).toHaveLength(11);
      for (const published of commands) {
        const name = SAMPLE_NAME.test(published) ? await mint() : "";
        const outcome = await shell(toRunnable(published, { name, kubectl }), EDITOR);
        expect(outcome, published).toMatchObject({ code: 0 });
        expect(outcome.stdout, published).toMatch(promiseOf(published));
        if (published.startsWith("kubectl edit")) {
          expect((await read(name)).spec.description).toBe("edited");
        }
      }
    });

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
      // `auth whoami` came with kubectl 1.26.
      if (kubectl.minor < 26) return;
      const who = await shell("kubectl auth whoami");
      expect(who.stdout).toContain(account.username);
      expect(who.stdout).toContain("latchkey:user");
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

async function aShell(kubectl: Kubectl, { latchkey, program }: Surroundings, folder: string) {
  const account = await addUser(latchkey);
  const bearer = await signInProgram(latchkey, account);
  const client = await program(bearer);
  const shell: Shell = openShell(folder, { kubectl, latchkey, bearer });
  return {
    account,
    shell,
    mint: async () => (await mintToken(latchkey, client, { description: "sample" })).name,
    read: (name: string) => readToken(client, name),
  };
}

function toRunnable(
  published: string,
  { name, kubectl }: { name: string; kubectl: Kubectl },
): string {
  const named = published.replace(SAMPLE_NAME, name);
  return named.replace(/^kubectl explain .*/, `kubectl explain ${explainable(kubectl)}`);
}

// Before 1.21, `explain` takes what follows the first dot for a field, whatever the server is.
function explainable({ minor }: Kubectl): string {
  return minor < 21 ? "tokens" : "tokens.ext.cattle.io";
}

function promiseOf(published: string): RegExp {
  const command = published.replace(SAMPLE_NAME, "token-");
  const found = PROMISES.find(([prefix]) => command.startsWith(prefix));
  if (!found) throw new Error(`the document has a new command: ${published}`);
  return found[1];
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
