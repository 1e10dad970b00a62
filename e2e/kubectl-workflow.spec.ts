import { expect, test } from "./fixtures";
import { explainable, findKubectls, type Kubectl } from "./kubectls";
import { publishedCommands } from "./published/commands";
import { aShell } from "./signed-in-shell";

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
  });
}

function toRunnable(
  published: string,
  { name, kubectl }: { name: string; kubectl: Kubectl },
): string {
  const named = published.replace(SAMPLE_NAME, name);
  return named.replace(/^kubectl explain .*/, `kubectl explain ${explainable(kubectl)}`);
}

function promiseOf(published: string): RegExp {
  const command = published.replace(SAMPLE_NAME, "token-");
  const found = PROMISES.find(([prefix]) => command.startsWith(prefix));
  if (!found) throw new Error(`the document has a new command: ${published}`);
  return found[1];
}
