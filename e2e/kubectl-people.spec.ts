import { randomBytes } from "node:crypto";
import { listAuditEventsOf } from "@/db/audit-events";
import { onDatabase } from "./database";
import { expect, test } from "./fixtures";
import { findKubectls, type Kubectl } from "./kubectls";
import type { Address } from "./latchkey";
import { addUser } from "./people";
import { type Outcome, openShell, type Shell } from "./shell";
import { signInProgram } from "./sign-in";

const USERS = "users.management.cattle.io";
const SETTINGS = "settings.management.cattle.io";
const ID = "user-[bcdfghjklmnpqrstvwxz2456789]{10}";
const PASSWORD = "the cat sleeps at noon";
// The tests run beside others: this setting changes nothing for them.
const SETTING = "audit-retention-days";

// There is one setting for all of them.
test.describe.configure({ mode: "serial" });

for (const kubectl of findKubectls()) {
  test.describe(`kubectl 1.${kubectl.minor}`, () => {
    test("explains users and settings, and finds them among the resources", async ({
      latchkey,
    }, testInfo) => {
      const { shell } = await anAdmin(latchkey, kubectl, testInfo.outputPath());
      const all = await shell("kubectl api-resources --api-group=management.cattle.io");
      expect(all.stdout).toMatch(/^settings +management\.cattle\.io\/v3 +false +Setting$/m);
      expect(all.stdout).toMatch(/^users +management\.cattle\.io\/v3 +false +User$/m);
      const fields = await shell(`kubectl explain ${named("users", kubectl)} --recursive`);
      for (const field of ["username", "displayName", "role", "enabled", "password"]) {
        expect(fields.stdout).toMatch(new RegExp(`\\s${field}\\t<\\w+>`));
      }
      const role = await shell(`kubectl explain ${named("users", kubectl)}.role`);
      expect(role.stdout).toMatch(/verifier\s+\(also\s+check\s+other\s+people's\)/);
      const settings = await shell(`kubectl explain ${named("settings", kubectl)} --recursive`);
      expect(settings.stdout).toMatch(/token-retention-days\s+\(30\)/);
      expect(settings.stdout).toMatch(/\svalue\t<string>/);
    });

    test("creates a user, shows it in the tables, and deletes it", async ({
      latchkey,
    }, testInfo) => {
      const { shell } = await anAdmin(latchkey, kubectl, testInfo.outputPath());
      const username = aName();
      const fields = `username: ${username}\ndisplayName: Ann Smith\npassword: ${PASSWORD}`;
      const dry = await shell(createUser(fields, "--dry-run=server -o name"));
      expect(dry).toMatchObject({ code: 0, stdout: expect.stringMatching(/^user\.management/) });
      const made = await shell(createUser(fields, "-o jsonpath='{.metadata.name}{.password}'"));
      expect(made.stdout).toMatch(new RegExp(`^${ID}$`));
      const name = made.stdout;
      expect(refusalOf(await shell(createUser(fields)))).toMatch(/user .* exists already/);
      const row = `${name} +${username} +user +enabled +\\w+`;
      const list = await shell("kubectl get users");
      expect(list.stdout).toMatch(/^NAME +USERNAME +ROLE +STATE +AGE\n/);
      expect(list.stdout).toMatch(new RegExp(`^${row}$`, "m"));
      const wide = await shell(`kubectl get ${USERS} ${name} -o wide`);
      expect(wide.stdout).toMatch(
        new RegExp(`^NAME +USERNAME +ROLE +STATE +AGE +DISPLAY NAME\\n${row} +Ann Smith\\n$`),
      );
      await signInProgram(latchkey, { username, password: PASSWORD });
      const one = `--field-selector metadata.name=${name}`;
      expect((await shell(`kubectl get users ${one} -o name`)).stdout).toBe(
        `user.management.cattle.io/${name}\n`,
      );
      expect((await shell("kubectl get users --chunk-size=2 -o name")).stdout).toContain(name);
      expect(refusalOf(await shell("kubectl get users -l team=a"))).toContain("have no labels");
      const deleted = await shell(`kubectl delete ${USERS} ${name}`);
      expect(deleted).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(`^user\\.management\\.cattle\\.io "${name}" deleted`),
      });
      expect(refusalOf(await shell(`kubectl get user ${name}`))).toBe(
        `Error from server (NotFound): ${USERS} "${name}" not found\n`,
      );
    });

    test("patches and edits a user, each change audited", async ({ latchkey }, testInfo) => {
      const { shell, account } = await anAdmin(latchkey, kubectl, testInfo.outputPath());
      const { id } = await addUser(latchkey);
      const patch = (type: string, body: unknown) =>
        shell(`kubectl patch user ${id} --type=${type} -p '${JSON.stringify(body)}'`);
      expect(await patch("merge", { role: "verifier" })).toMatchObject(done("user", id, "patched"));
      const operations = [
        { op: "test", path: "/role", value: "verifier" },
        { op: "replace", path: "/enabled", value: false },
      ];
      expect(await patch("json", operations)).toMatchObject(done("user", id, "patched"));
      const edited = await shell(`kubectl edit user ${id}`, {
        KUBE_EDITOR: `sed -i 's/displayName: .*/displayName: "Ann Smith"/'`,
      });
      expect(edited).toMatchObject(done("user", id, "edited"));
      const read = await shell(
        `kubectl get user ${id} -o jsonpath='{.role} {.enabled} {.displayName}'`,
      );
      expect(read.stdout).toBe("verifier false Ann Smith");
      expect(refusalOf(await patch("merge", { role: "root" }))).toMatch(/role: Invalid value/);
      expect(refusalOf(await patch("merge", { password: PASSWORD }))).toContain("one-time link");
      expect(refusalOf(await patch("strategic", {}))).toContain("application/merge-patch+json");
      expect(refusalOf(await shell(`kubectl label user ${id} team=a`))).toContain("have no labels");
      const events = await eventsOf(latchkey, "user", id);
      expect(events.map(({ action, before, after }) => ({ action, before, after }))).toMatchObject([
        { action: "user.update", after: { displayName: "Ann Smith" } },
        { action: "user.disable", before: { enabled: true }, after: { enabled: false } },
        { action: "user.update", before: { role: "user" }, after: { role: "verifier" } },
      ]);
      for (const { actorId } of events) expect(actorId).toBe(account.id);
    });

    test("shows and changes a setting in every way, each change audited", async ({
      latchkey,
    }, testInfo) => {
      const { shell, account } = await anAdmin(latchkey, kubectl, testInfo.outputPath());
      const list = await shell("kubectl get settings");
      expect(list.stdout).toMatch(/^NAME +VALUE +DEFAULT +CHANGED\n/);
      expect(list.stdout).toMatch(/^token-retention-days +30 +30 +never$/m);
      const wide = await shell(`kubectl get ${SETTINGS} ${SETTING} -o wide`);
      expect(wide.stdout).toMatch(
        /^NAME .* MEANING\n.* How long audit events are kept at least\.\n$/,
      );
      const value = async () =>
        (await shell(`kubectl get setting ${SETTING} -o jsonpath={.value}`)).stdout;
      const merge = (text: unknown) =>
        shell(
          `kubectl patch setting ${SETTING} --type=merge -p '${JSON.stringify({ value: text })}'`,
        );
      expect(await merge("500")).toMatchObject(done("setting", SETTING, "patched"));
      expect(await value()).toBe("500");
      const operations = JSON.stringify([{ op: "replace", path: "/value", value: "501" }]);
      await shell(`kubectl patch setting ${SETTING} --type=json -p '${operations}'`);
      expect(await value()).toBe("501");
      const edited = await shell(`kubectl edit setting ${SETTING}`, {
        KUBE_EDITOR: `sed -i 's/^value: .*/value: "502"/'`,
      });
      expect(edited).toMatchObject(done("setting", SETTING, "edited"));
      const manifest = (text: string) =>
        `<<EOF\napiVersion: management.cattle.io/v3\nkind: Setting\nmetadata: {name: ${SETTING}}\nvalue: "${text}"\nEOF`;
      expect(await shell(`kubectl replace -f - ${manifest("503")}`)).toMatchObject(
        done("setting", SETTING, "replaced"),
      );
      expect(await shell(`kubectl apply -f - ${manifest("504")}`)).toMatchObject({ code: 0 });
      expect(await value()).toBe("504");
      expect(refusalOf(await merge("0"))).toContain(
        "must be a whole number of days from 1 to 36500",
      );
      expect(refusalOf(await shell(`kubectl delete setting ${SETTING}`))).toContain(
        "MethodNotAllowed",
      );
      await merge("");
      expect(await value()).toBe("400");
      const events = await eventsOf(latchkey, "setting", SETTING);
      const own = events.filter(({ actorId }) => actorId === account.id);
      expect(own.map(({ after }) => after?.value)).toEqual([
        "400",
        "504",
        "503",
        "502",
        "501",
        "500",
      ]);
    });

    test("of two patches of one version at once exactly one wins", async ({
      latchkey,
    }, testInfo) => {
      const { shell } = await anAdmin(latchkey, kubectl, testInfo.outputPath());
      const { id } = await addUser(latchkey);
      for (const [object, field, values] of [
        [`user ${id}`, "displayName", ["Ann", "Bob"]],
        [`setting ${SETTING}`, "value", ["601", "602"]],
      ] as const) {
        const version = await shell(
          `kubectl get ${object} -o jsonpath={.metadata.resourceVersion}`,
        );
        const outcomes = await Promise.all(
          values.map((value) => {
            const body = { metadata: { resourceVersion: version.stdout }, [field]: value };
            return shell(`kubectl patch ${object} --type=merge -p '${JSON.stringify(body)}'`);
          }),
        );
        expect(outcomes.map(({ code }) => code).sort()).toEqual([0, 1]);
        const lost = outcomes.find(({ code }) => code === 1);
        expect(lost?.stderr).toMatch(/^Error from server \(Conflict\): .*changed meanwhile/);
      }
      await shell(`kubectl patch setting ${SETTING} --type=merge -p '{"value":""}'`);
    });

    test("says what administrators may, and refuses all of it to others", async ({
      latchkey,
    }, testInfo) => {
      const { shell } = await anAdmin(latchkey, kubectl, testInfo.outputPath("admin"));
      for (const question of [`create ${USERS}`, `patch ${SETTINGS}`]) {
        expect((await shell(`kubectl auth can-i ${question}`)).stdout).toBe("yes\n");
      }
      expect((await shell(`kubectl auth can-i delete ${SETTINGS}`)).stdout).toMatch(/^no\b/);
      const list = await shell("kubectl auth can-i --list");
      expect(list.stdout).toMatch(
        /^users\.management\.cattle\.io .*\[create delete get list patch update\]$/m,
      );
      const account = await addUser(latchkey, "verifier");
      const stranger = await aShell(latchkey, kubectl, testInfo.outputPath("stranger"), account);
      expect((await stranger(`kubectl auth can-i list ${USERS}`)).stdout).toMatch(/^no\b/);
      for (const command of [
        "get users",
        `get user ${account.id}`,
        "get settings",
        `patch user ${account.id} --type=merge -p '{"role":"admin"}'`,
        `delete user ${account.id} --wait=false`,
      ]) {
        expect(refusalOf(await stranger(`kubectl ${command}`))).toMatch(
          /Error from server \(Forbidden\): .* only an administrator can /,
        );
      }
      expect(refusalOf(await shell("kubectl get users -w"))).toContain("MethodNotAllowed");
    });
  });
}

const aName = () => `ann-${randomBytes(4).toString("hex")}`;

async function aShell(
  latchkey: Address,
  kubectl: Kubectl,
  folder: string,
  account: Parameters<typeof signInProgram>[1],
): Promise<Shell> {
  const bearer = await signInProgram(latchkey, account);
  return openShell(folder, { kubectl, latchkey, bearer });
}

/** An administrator nobody else is, in a shell of their own. */
async function anAdmin(latchkey: Address, kubectl: Kubectl, folder: string) {
  const account = await addUser(latchkey, "admin");
  return { account, shell: await aShell(latchkey, kubectl, folder, account) };
}

function eventsOf(latchkey: Address, kind: "user" | "setting", name: string) {
  const page = { beforeSeq: Number.MAX_SAFE_INTEGER, limit: 100 };
  return onDatabase(latchkey, (db) => listAuditEventsOf(db, { kind, name }, page));
}

/** How a resource is called in `kubectl explain`: before 1.21 it takes what follows a dot for a field. */
function named(resource: "users" | "settings", { minor }: Kubectl): string {
  return minor < 21 ? resource : `${resource}.management.cattle.io`;
}

function createUser(fields: string, flags = ""): string {
  return `kubectl create ${flags} -f -<<EOF\napiVersion: management.cattle.io/v3\nkind: User\n${fields}\nEOF`;
}

function done(kind: string, name: string, how: string) {
  return { code: 0, stdout: `${kind}.management.cattle.io/${name} ${how}\n` };
}

function refusalOf({ code, stderr }: Outcome): string {
  expect(code).toBe(1);
  return stderr;
}
