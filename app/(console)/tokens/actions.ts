"use server";

import { runAction, runFormAction } from "@/app/run-action";
import type { FormState } from "@/components/form-state";
import type { CreatedSecret, FoundTokenView } from "@/components/tokens/actions";
import { createToken } from "@/domain/tokens/create";
import { deleteToken } from "@/domain/tokens/delete";
import { findTokenByHash } from "@/domain/tokens/find";
import { getToken } from "@/domain/tokens/get";
import { INFINITE_TTL_MS, tokenState } from "@/domain/tokens/lifecycle";
import type { Fingerprint } from "@/domain/tokens/pasted-secret";
import { toBearer } from "@/domain/tokens/secret";
import { updateToken } from "@/domain/tokens/update";
import { apiAddress } from "../api-address";

export async function createTokenAction(
  _previous: FormState<CreatedSecret>,
  submitted: FormData,
): Promise<FormState<CreatedSecret>> {
  return runFormAction(submitted, async (actor, form) => {
    const { token, secret } = await createToken(actor, {
      description: form.get("description"),
      ttlMs: newTtlOf(form),
      idempotencyKey: form.get("idempotencyKey"),
    });
    if (!secret) throw new Error("a create without a secret");
    const { name, description, expiresAt } = token;
    const shown = { value: secret.value, bearer: toBearer(secret), address: apiAddress() };
    return { name, description, expiresAt, ...shown };
  });
}

export async function updateTokenAction(
  _previous: FormState,
  submitted: FormData,
): Promise<FormState> {
  return runFormAction(submitted, async (actor, form) => {
    const { name, createdAt } = await getToken(actor, textOf(form.get("name")));
    await updateToken(actor, name, {
      description: form.get("description"),
      ttlMs: ttlOf(form, createdAt),
      enabled: form.get("enabled") === "true",
      resourceVersion: form.get("resourceVersion"),
    });
    return undefined;
  });
}

export async function setTokenEnabledAction(name: string, enabled: boolean): Promise<FormState> {
  return runAction(async (actor) => {
    await updateToken(actor, textOf(name), { enabled });
    return undefined;
  });
}

export async function deleteTokenAction(name: string): Promise<FormState> {
  return runAction(async (actor) => {
    await deleteToken(actor, textOf(name));
    return undefined;
  });
}

/** Takes a fingerprint and never the secret: it is made in the browser. */
export async function findTokenAction(
  fingerprint: Fingerprint,
): Promise<FormState<FoundTokenView>> {
  return runAction(async (actor) => {
    const { token, isItsValue } = await findTokenByHash(actor, fingerprint);
    const { name, description, ownerName } = token;
    return { name, description, ownerName, state: tokenState(token, new Date()), isItsValue };
  });
}

// Arguments of an action come over the wire: their types are a claim.
function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

// The browser's clock must not count: what is to live for two hours lives for exactly two hours.
function newTtlOf(form: FormData): number | undefined {
  const ttlMs = form.get("ttlMs");
  return ttlMs ? Number(ttlMs) : ttlOf(form, new Date());
}

// The form posts the instant that was shown; the ttl counts from creation, in whole seconds. An
// instant in the past is the shortest ttl there is, because 0 stands for the longest.
function ttlOf(form: FormData, createdAt: Date): number | undefined {
  const expiresAt = form.get("expiresAt");
  if (expiresAt === "" || expiresAt === null) return undefined;
  if (expiresAt === "never") return INFINITE_TTL_MS;
  const startMs = Math.floor(createdAt.getTime() / 1_000) * 1_000;
  const ttlMs = Math.round(Date.parse(String(expiresAt)) - startMs);
  return Number.isNaN(ttlMs) ? ttlMs : Math.max(ttlMs, 1);
}
