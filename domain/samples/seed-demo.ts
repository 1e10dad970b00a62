import { transaction } from "@/db/client";
import { type SampleUser, seedSampleUser } from "@/db/seed";
import type { Role } from "../actor";
import { mintUserId } from "../tokens/secret";
import { hashPassword } from "../users/password";

const PASSWORD = "try-it-out-today";
const NAMES =
  "ada,alan,annie,barbara,brendan,dennis,donald,edith,edsger,elena,frances,grace,guido,hedy,ivan,jean,joan,john,karen,katherine,ken,leslie,linus,lynn,mary,maurice,niklaus,ole,radia,rasmus,robin,rosa,shafi,sophie,stephen,tim,tony,vera,whitfield,yukihiro".split(
    ",",
  );

/** Fills an empty database with 40 users and 2,000 tokens; returns whom to sign in as. */
export async function seedDemo(): Promise<{ username: string; password: string; role: Role }[]> {
  const passwordHash = await hashPassword(PASSWORD);
  const users = NAMES.map((username, index): SampleUser => {
    const role = index === 0 ? "admin" : index === 1 ? "verifier" : "user";
    return { id: mintUserId(), username, role, passwordHash };
  });
  // One transaction each: all of them in one would outlast the pool's deadline.
  for (const [n, user] of users.entries()) {
    await transaction((tx) => seedSampleUser(tx, user, n));
  }
  return users.slice(0, 3).map(({ username, role }) => ({ username, role, password: PASSWORD }));
}
