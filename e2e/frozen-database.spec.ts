import { expect, test } from "./fixtures";
import { type Latchkey, removeLatchkey, startLatchkey } from "./latchkey";
import { ADMINISTRATOR } from "./people";
import { freezeDatabase } from "./postgres";
import { csrfOf, FORM, rawRequest } from "./raw-request";
import { signInProgram } from "./sign-in";

const ANSWER_MS_MAX = 6_000;
const MEMORY_MS_MAX = 1_000;

let latchkey: Latchkey;

test.beforeAll(async () => {
  latchkey = await startLatchkey({
    environment: {
      ADMIN_USERNAME: ADMINISTRATOR.username,
      ADMIN_PASSWORD: ADMINISTRATOR.password,
    },
  });
});
test.afterAll(() => removeLatchkey(latchkey));

test("while the database does not answer, no check succeeds from memory for more than a second", async () => {
  const headers = { Authorization: `Bearer ${await signInProgram(latchkey, ADMINISTRATOR)}` };
  const verify = () => rawRequest(`${latchkey.url}/verify`, { headers });
  expect((await verify()).status).toBe(200);
  const wake = await freezeDatabase(latchkey);
  try {
    const frozenAt = performance.now();
    let answer = await verify();
    while (answer.status === 200) {
      expect(performance.now() - frozenAt).toBeLessThan(MEMORY_MS_MAX);
      answer = await verify();
    }
    expect(answer.status).toBe(503);
    expect(answer.headers["retry-after"]).toBeDefined();
    expect(performance.now() - frozenAt).toBeLessThan(MEMORY_MS_MAX + ANSWER_MS_MAX);
    expect((await verify()).status).toBe(503);
  } finally {
    wake();
  }
  await expect.poll(async () => (await verify()).status).toBe(200);
});

test("a sign-in that cannot be judged says so by a code, without a word of the query", async () => {
  const { token: csrfToken, cookie } = await csrfOf(latchkey.url);
  const { username, password } = ADMINISTRATOR;
  const wake = await freezeDatabase(latchkey);
  try {
    const answer = await rawRequest(`${latchkey.url}/api/auth/callback/credentials`, {
      method: "POST",
      headers: { ...FORM, Cookie: cookie },
      body: new URLSearchParams({ csrfToken, username, password }).toString(),
    });
    expect([answer.status, answer.location]).toEqual([
      302,
      `${latchkey.url}/api/auth/error?error=unavailable`,
    ]);
    expect(answer.cookies.join()).not.toContain("session-token");
    for (const said of [JSON.stringify(answer), latchkey.output()]) {
      expect(said).not.toContain(password);
      expect(said).not.toMatch(/Failed query|params:|select .* from/i);
    }
  } finally {
    wake();
  }
});
