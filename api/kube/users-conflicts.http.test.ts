import { beforeAll, describe, expect, test } from "vitest";
import { aCaller, type Caller, USERS } from "../testing/client";
import { usersOf } from "../testing/users";

let admin: Caller;
let aUser: ReturnType<typeof usersOf>["aUser"];

beforeAll(async () => {
  admin = await aCaller({ role: "admin" });
  ({ aUser } = usersOf(admin));
});

describe("409", () => {
  test("answers a name that is taken, in any case", async () => {
    const { created } = await aUser();
    const username = created.username.toUpperCase();
    const { status, json } = await admin.send("POST", USERS, { body: { username } });
    expect(status).toBe(409);
    expect(json).toMatchObject({
      reason: "AlreadyExists",
      message: `user ${username} exists already`,
      details: { kind: "users", causes: [{ field: "username" }] },
    });
  });

  test("answers a stale version in a PUT and a patch, and changes nothing", async () => {
    const { created, path, patch, read } = await aUser();
    await patch({ displayName: "b" });
    for (const method of ["PUT", "PATCH"]) {
      const { resourceVersion } = created.metadata;
      const body = { metadata: { resourceVersion }, displayName: "c" };
      const { status, json } = await admin.send(method, path, { body });
      expect([status, json.reason]).toEqual([409, "Conflict"]);
      expect(json.message).toMatch(
        /^Operation cannot be fulfilled on users\.management\.cattle\.io "user-\w+": /,
      );
    }
    expect((await read()).displayName).toBe("b");
  });

  test("answers all but one of many patches of one version", async () => {
    const { created, patch } = await aUser();
    const { resourceVersion } = created.metadata;
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((at) =>
        patch({ metadata: { resourceVersion }, displayName: `writer ${at}` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  });

  test("answers none of many patches without a version", async () => {
    const { patch, read } = await aUser();
    const changes = [{ displayName: "a" }, { role: "verifier" }, { enabled: false }];
    const answers = await Promise.all(changes.map((change) => patch(change)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await read()).toMatchObject({ displayName: "a", role: "verifier", enabled: false });
  });

  test.each([true, false])(
    "answers a deletion of another user than was meant, also when enabled is %s",
    async (enabled) => {
      const { path, read, created } = await aUser({ enabled });
      for (const preconditions of [{ uid: "x" }, { resourceVersion: "1" }]) {
        const { status } = await admin.send("DELETE", path, { body: { preconditions } });
        expect(status).toBe(409);
      }
      expect(await read()).toEqual(created);
    },
  );
});
