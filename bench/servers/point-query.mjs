// The floor of a check that must ask: node:http with one prepared query by the token's name.
import pg from "pg";
import { sendJson, serve } from "./serve.mjs";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

serve(async (request, response) => {
  const [, name = ""] = /ext\/(token-\w+):/.exec(request.headers.authorization ?? "") ?? [];
  const { rows } = await pool.query({
    name: "find",
    text: "select name, owner_id, enabled, expires_at, hash from tokens where name = $1",
    values: [name],
  });
  sendJson(response, rows.length === 1 ? 200 : 401, { name: rows[0]?.name });
});
