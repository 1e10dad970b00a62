import { randomBytes } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { insertUser } from "@/db/users";
import { onDatabase } from "./database";
import type { Address } from "./latchkey";

export interface Account {
  id: string;
  username: string;
  password: string;
}

export type Role = "user" | "verifier" | "admin";

export const ADMINISTRATOR = { username: "root", password: "the bird sings at dawn" };

const PASSWORD = "correct horse battery";
let passwordHash: Promise<string> | undefined;

/** A user nobody else has, put into the database; signing in is left to the caller. */
export async function addUser(latchkey: Address, role: Role = "user"): Promise<Account> {
  passwordHash ??= hash(PASSWORD, { memoryCost: 47_104, timeCost: 1, parallelism: 1 });
  const unique = randomBytes(5).toString("hex");
  const user = { id: `user-${unique}`, username: `${role}-${unique}`, role };
  const stored = { ...user, passwordHash: await passwordHash };
  await onDatabase(latchkey, (db) => insertUser(db, stored));
  return { id: user.id, username: user.username, password: PASSWORD };
}
