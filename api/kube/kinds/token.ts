import { z } from "zod";
import { createTokenInput } from "@/domain/tokens/schema";
import { listMeta, objectMeta, typeMeta } from "./object-meta";

const input = createTokenInput.shape;
const text = (description: string) => z.string().optional().describe(description);
const flag = (description: string) => z.boolean().optional().describe(description);
const time = (description: string) =>
  z.string().optional().meta({ description, type: "string", format: "date-time" });

const userPrincipal = z
  .object({
    ...typeMeta,
    metadata: z
      .object({ name: text("The principal's id, such as local://user-jtghhbcdfg.") })
      .optional()
      .describe("Names the principal."),
    displayName: text("The name to show to people."),
    loginName: text("The name the owner signs in with."),
    principalType: text("Always user."),
    provider: text("The identity provider, such as local."),
  })
  .nullish()
  .describe(
    "Who the owner is at the identity provider. Always taken from the requester: a value in a create request is ignored. Immutable.",
  );

const spec = z
  .object({
    userID: input.ownerId,
    userPrincipal,
    kind: input.kind,
    description: input.description,
    ttl: input.ttlMs,
    enabled: input.enabled,
    clusterName: input.clusterName,
  })
  .nullish()
  .describe("What the owner wants: description, ttl and enabled can be changed, the rest cannot.");

const status = z
  .object({
    value: text(
      "The secret. Only in the answer to the create request: it is not stored and cannot be shown again.",
    ),
    bearerToken: text(
      "The ready-made bearer token, ext/<name>:<value>. Only in the answer to the create request.",
    ),
    current: flag("Whether this token authenticated this request."),
    expired: flag("Whether the lifetime is over. Never true for a token without an end."),
    expiresAt: text("When the lifetime ends: creation plus ttl. Empty when it never does."),
    lastUpdateTime: time("When the token was created or last changed by a client."),
    lastUsedAt: time("When the token last authenticated a request, at most ten seconds late."),
    lastActivitySeen: time("When the browser of this sign-in was last seen. Sign-ins only."),
  })
  .nullish()
  .describe(
    "What the server knows of the token. Read-only: whatever a request has here is ignored.",
  );

/** `ext.cattle.io/v1` Token as it is on the wire; what a client may set is the domain's input. */
export const tokenKind = z
  .object({
    ...typeMeta,
    metadata: objectMeta.nullish().describe("The name, labels and annotations of the token."),
    spec,
    status,
  })
  .describe(
    "Token authenticates its owner to this API and to whatever asks Latchkey. Its value is told once, in the answer to the create request. Administrators see every token, everybody else their own.",
  );

export const tokenListKind = z
  .object({
    ...typeMeta,
    metadata: listMeta.optional().describe("The version and the next page of the list."),
    items: z.array(tokenKind).describe("The tokens of this page, by name."),
  })
  .describe("TokenList is a list of tokens.");
