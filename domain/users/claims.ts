import { z } from "zod";

const LABEL_LENGTH_MAX = 256;
const GROUPS_MAX = 10_000;
const NAME_LENGTH_MAX = 128;

/** What Latchkey reads of a verified ID token and user info (OpenID Connect Core, 5.1). */
export const claims = z.object({
  iss: z.string().min(1).max(2_048),
  sub: z.string().min(1).max(255),
  preferred_username: z.string().optional().catch(undefined),
  email: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  groups: z
    .union([z.array(z.string()).max(GROUPS_MAX), z.string().transform((group) => [group])])
    .optional()
    .catch(undefined),
});

export type Claims = z.output<typeof claims>;

/** What to call an identity on the screen. Nothing is ever decided by it. */
export function labelOf(identity: Claims): string {
  const label = identity.preferred_username || identity.email || identity.name || identity.sub;
  return storable(label, LABEL_LENGTH_MAX);
}

/** A user name made of what the provider calls the person; it may be taken. */
export function usernameFrom(identity: Claims): string {
  const wanted = storable(labelOf(identity), NAME_LENGTH_MAX - 8)
    .replaceAll(/[^\p{L}\p{N}._@+-]+/gu, "-")
    .replace(/^[^\p{L}\p{N}]+/u, "");
  return wanted || "user";
}

export function displayNameFrom(identity: Claims): string {
  return storable(identity.name ?? "", NAME_LENGTH_MAX);
}

function storable(text: string, lengthMax: number): string {
  const whole = text.toWellFormed().replaceAll("\u0000", "").trim();
  return [...whole].slice(0, lengthMax).join("").toWellFormed();
}
