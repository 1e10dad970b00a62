import { ADMINISTRATOR } from "./people";

/** The environment of every process of an installation whose database is its operator's. */
export function onDatabaseOf(url: string): Record<string, string> {
  return {
    DATABASE_URL: url,
    HOST: "127.0.0.1",
    HTTPS_PORT: "off",
    NEXTAUTH_URL: "http://localhost",
    NEXTAUTH_SECRET: "one secret for every process of it",
    ADMIN_USERNAME: ADMINISTRATOR.username,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
  };
}
