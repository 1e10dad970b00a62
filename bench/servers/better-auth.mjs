// better-auth's verifyApiKey over the same PostgreSQL, without its rate limit.
import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import pg from "pg";
import { readJson, sendJson, serve } from "./serve.mjs";

const auth = betterAuth({
  baseURL: "http://127.0.0.1",
  secret: "a benchmark's secret of enough length",
  database: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 }),
  emailAndPassword: { enabled: true },
  plugins: [apiKey({ rateLimit: { enabled: false } })],
  telemetry: { enabled: false },
  logger: { disabled: true },
});
await (await getMigrations(auth.options)).runMigrations();
const { user } = await auth.api.signUpEmail({
  body: { name: "bench", email: `${Date.now()}@example.org`, password: "correct horse battery" },
});
const { key } = await auth.api.createApiKey({ body: { userId: user.id } });

serve(
  async (request, response) => {
    const { token } = await readJson(request);
    const { valid } = await auth.api.verifyApiKey({ body: { key: token } });
    sendJson(response, valid ? 200 : 401, { valid });
  },
  { token: key },
);
