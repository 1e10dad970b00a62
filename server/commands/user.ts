import { parseArgs } from "node:util";
import { operatorActor } from "@/domain/actor";
import { changePassword } from "@/domain/users/change-password";
import { createUser } from "@/domain/users/create";
import { setUserEnabled } from "@/domain/users/set-enabled";
import { runOnDatabase } from "./operator-database";

interface Given {
  username: string;
  role: string | undefined;
  password: string | undefined;
}

const USAGE = `Usage:
  npm run user -- add <name> [--role user|verifier|admin] [--password <password>]
  npm run user -- password <name> [--password <password>]
  npm run user -- disable <name>
  npm run user -- enable <name>

Without --password one is generated and shown.`;

const VERBS: Partial<Record<string, (given: Given) => Promise<void>>> = {
  add: async ({ username, role, password }) => {
    const created = await createUser(operatorActor(), {
      username,
      ...(role === undefined ? {} : { role }),
      ...(password === undefined ? {} : { password }),
    });
    console.log(`Created ${created.user.username} with the role ${created.user.role}.`);
    if (password === undefined) console.log(`Password: ${created.password}`);
  },
  password: async ({ username, password }) => {
    const changed = await changePassword(operatorActor(), {
      username,
      ...(password === undefined ? {} : { password }),
    });
    console.log(`Changed the password of ${changed.user.username} and ended all its sign-ins.`);
    if (password === undefined) console.log(`Password: ${changed.password}`);
  },
  disable: async ({ username }) => {
    const user = await setUserEnabled(operatorActor(), { username, enabled: false });
    console.log(`Disabled ${user.username}: neither it nor its tokens are let in.`);
  },
  enable: async ({ username }) => {
    const user = await setUserEnabled(operatorActor(), { username, enabled: true });
    console.log(`Enabled ${user.username}.`);
  },
};

/** Manages users from the command line; the exit code is 2 when the command is not understood. */
export async function run(args: string[]): Promise<number> {
  const command = parse(args);
  if (!command) {
    console.error(USAGE);
    return 2;
  }
  return runOnDatabase(async () => {
    await command.verb(command.given);
    return 0;
  });
}

function parse(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { role: { type: "string" }, password: { type: "string" } },
      allowPositionals: true,
    });
    const [name = "", username, ...rest] = positionals;
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
    if (!verb || username === undefined || rest.length > 0) return undefined;
    if (values.role !== undefined && name !== "add") return undefined;
    if (values.password !== undefined && name !== "add" && name !== "password") return undefined;
    return { verb, given: { username, role: values.role, password: values.password } };
  } catch (error) {
    // Its first sentence names what was not understood; the rest is advice on quoting.
    if (error instanceof Error) console.error(error.message.split(". ", 1)[0]);
    return undefined;
  }
}
