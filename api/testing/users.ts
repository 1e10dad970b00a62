import { randomBytes } from "node:crypto";
import { type Caller, send, USERS } from "./client";

export const PASSWORD = "correct horse battery";

export function aName(): string {
  return `name-${randomBytes(5).toString("hex")}`;
}

/** What an administrator does to users through the API. */
export function usersOf(admin: Caller) {
  return {
    /** A user made with these fields, with what is done to it. */
    aUser: async (fields: Record<string, unknown> = {}) => {
      const body = { username: aName(), ...fields };
      const { status, json } = await admin.send("POST", USERS, { body });
      if (status !== 201) throw new Error(JSON.stringify(json));
      const path = `${USERS}/${json.metadata.name}`;
      return {
        created: json,
        name: String(json.metadata.name),
        path,
        read: async () => (await admin.send("GET", path)).json,
        patch: (change: unknown, query = "") => admin.send("PATCH", path + query, { body: change }),
      };
    },
    usernamesIn: async (query: string): Promise<string[]> => {
      const { json } = await admin.send("GET", `${USERS}?${query}`);
      return json.items.map(({ username }: { username: string }) => username);
    },
  };
}

export function signIn(username: string, password: string) {
  return send("POST", "/v1-public/login", { body: { username, password } });
}
