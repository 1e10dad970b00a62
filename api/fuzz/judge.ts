import { expect } from "vitest";
import { isObject } from "./json-text";
import type { Answer } from "./serve-whole";

/** An answer as the API promises every one: no failure, kept by nobody, and a refusal says what. */
export function expectAnswer(method: string, { status, headers, text }: Answer): void {
  expect(status).toBeLessThan(500);
  // Of more than 16 kB, which no API sees: the server of the product answers it, not this test's.
  if (status === 431) return;
  expect(headers["cache-control"]).toBe("no-store");
  if (status < 400 || method === "HEAD") return;
  expect(headers["content-type"]).toContain("application/json");
  const body: unknown = JSON.parse(text);
  if (!isObject(body)) throw new Error(`no object: ${text}`);
  if ("error" in body) {
    // As OAuth has it, at its own address.
    expect(body).toEqual({
      error: "invalid_request",
      error_description: expect.stringMatching(/./),
    });
    return;
  }
  expect(body).toMatchObject({ kind: "Status", apiVersion: "v1", status: "Failure", code: status });
  expect(body.reason).toMatch(/^[A-Z][A-Za-z]+$/);
  expect(body.message).toMatch(/\S/);
  if (status === 422) expectCauses(body.details);
}

function expectCauses(details: unknown): void {
  const causes = isObject(details) && Array.isArray(details.causes) ? details.causes : [];
  expect(causes.length).toBeGreaterThan(0);
  for (const cause of causes) {
    expect(cause).toMatchObject({
      reason: expect.stringMatching(/^FieldValue/),
      message: expect.stringMatching(/\S/),
      field: expect.any(String),
    });
  }
}
