import type { APIRequestContext } from "@playwright/test";
import type { Kubectl } from "./kubectls";
import type { Address } from "./latchkey";
import { addUser } from "./people";
import { openShell, type Shell } from "./shell";
import { signInProgram } from "./sign-in";
import { mintToken, patchToken, readToken } from "./tokens";

interface Surroundings {
  latchkey: Address;
  program: (bearer: string) => Promise<APIRequestContext>;
}

/** A shell of a user nobody else has, and what the API would do for that user beside kubectl. */
export async function aShell(
  kubectl: Kubectl,
  { latchkey, program }: Surroundings,
  folder: string,
) {
  const account = await addUser(latchkey);
  const bearer = await signInProgram(latchkey, account);
  const client = await program(bearer);
  const shell: Shell = openShell(folder, { kubectl, latchkey, bearer });
  return {
    account,
    shell,
    mint: async () => (await mintToken(latchkey, client, { description: "sample" })).name,
    read: (name: string) => readToken(client, name),
    redescribe: (name: string, description: string) => patchToken(client, name, { description }),
  };
}
