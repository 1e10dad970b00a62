import { operatorActor } from "@/domain/actor";
import { listSettings } from "@/domain/settings/list";
import { updateSetting } from "@/domain/settings/update";
import { runOnDatabase } from "./operator-database";

const USAGE = `Usage:
  npm run setting                      shows every setting
  npm run setting -- <name> <value>    changes one; "" puts its default back`;

/** Shows or changes settings from the command line, also when nobody can sign in. */
export async function run(args: string[]): Promise<number> {
  const [name, value, ...rest] = args;
  if (rest.length > 0 || (name !== undefined && value === undefined)) {
    console.error(USAGE);
    return 2;
  }
  return runOnDatabase(async () => {
    if (name !== undefined) {
      const setting = await updateSetting(operatorActor(), name, { value });
      console.log(`${setting.name} is ${setting.value}.`);
      return 0;
    }
    for (const setting of await listSettings(operatorActor())) {
      const isDefault = setting.value === setting.default;
      console.log(
        `${setting.name}=${setting.value}${isDefault ? "" : ` (default ${setting.default})`}`,
      );
    }
    return 0;
  });
}
