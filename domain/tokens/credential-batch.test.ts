import { expect, test } from "vitest";
import { isUnavailable } from "@/db/errors";
import { whileTokensAreHeld } from "@/db/testing/rows";
import { askForCredential } from "./credential-batch";
import { mintSecret } from "./secret";

test("nobody waits longer than six seconds for a database that does not answer, however many ask", async () => {
  await whileTokensAreHeld(async () => {
    const startedMs = performance.now();
    const asked = Array.from({ length: 600 }, () => askForCredential(mintSecret().name));
    const outcomes = await Promise.allSettled(asked);
    expect(performance.now() - startedMs).toBeLessThan(6_500);
    const refused = outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason);
    expect(refused.every(isUnavailable)).toBe(true);
  });
  expect(await askForCredential(mintSecret().name)).toMatchObject({ credential: undefined });
}, 60_000);
