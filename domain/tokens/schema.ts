import { z } from "zod";

const DESCRIPTION_LENGTH_MAX = 1_024;

const LABEL_BYTES_MAX = 32 * 1_024;
// As in Kubernetes.
const ANNOTATION_BYTES_MAX = 256 * 1_024;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const QUALIFIED_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const KEY_MESSAGE =
  "the key must be a name of at most 63 letters, digits, '-', '_' and '.', with an optional DNS prefix and '/'";

/** Text that PostgreSQL and JavaScript store alike: whole characters, and no U+0000. */
export const wellFormedText = z
  .string("must be text")
  .refine((text) => text.isWellFormed(), "must not contain half of a surrogate pair")
  .refine((text) => !text.includes("\u0000"), "must not contain the character U+0000");

const description = wellFormedText.refine(
  (text) => [...text].length <= DESCRIPTION_LENGTH_MAX,
  `must have at most ${DESCRIPTION_LENGTH_MAX} characters`,
);

const labelValue = wellFormedText
  .max(63, "must have at most 63 characters")
  .regex(
    LABEL_VALUE,
    "must begin and end with a letter or digit, with only letters, digits, '-', '_' and '.' between",
  );

const ttlMs = z
  .number("must be a whole number of milliseconds")
  .refine(Number.isSafeInteger, "must be a whole number of milliseconds below 2^53")
  .meta({ type: "integer", format: "int64" });

const enabled = z.boolean("must be true or false");

// A record leaves this key out without a word, so it is refused before.
const withoutPrototype = z.custom<Record<string, string>>(
  (map) => typeof map !== "object" || map === null || !Object.hasOwn(map, "__proto__"),
  { path: ["__proto__"], message: KEY_MESSAGE },
);

const labels = withoutPrototype.pipe(
  z
    .record(z.string(), labelValue)
    .superRefine(checkKeys)
    .refine(fitsIn(LABEL_BYTES_MAX), `must have at most ${LABEL_BYTES_MAX} bytes in all`),
);
const annotations = withoutPrototype.pipe(
  z
    .record(z.string(), wellFormedText)
    .superRefine(checkKeys)
    .refine(fitsIn(ANNOTATION_BYTES_MAX), `must have at most ${ANNOTATION_BYTES_MAX} bytes in all`),
);

/**
 * The input of a create. `null` counts as absent; the maximum of ttlMs is judged by lifecycle. The
 * descriptions are what `kubectl explain` shows.
 */
export const createTokenInput = z.object({
  ownerId: wellFormedText
    .nullish()
    .describe(
      "The id of the user who owns the token. Defaults to the requester; the id of another user is refused, for administrators too. Immutable.",
    ),
  kind: labelValue
    .nullish()
    .transform((kind) => kind ?? "")
    .describe(
      "What the token is for. `session` is a sign-in; every other value, the empty default included, is a derived token. At most 63 characters in the syntax of a label value. Immutable.",
    ),
  description: description
    .nullish()
    .transform((text) => text ?? "")
    .describe(
      "Free text for people, to tell what the token is for. At most 1,024 characters, kept exactly as sent. Empty by default.",
    ),
  ttlMs: ttlMs
    .nullish()
    .transform((ms) => ms ?? undefined)
    .describe(
      "The lifetime in milliseconds, counted from the creation of the token and not from now. Absent or 0 is the maximum, the setting auth-token-max-ttl-minutes (by default 90 days); more than the maximum is refused. -1 is for ever, where there is no maximum. Owners may only shorten it later, administrators may extend it up to the maximum.",
    ),
  enabled: enabled
    .nullish()
    .transform((flag) => flag ?? true)
    .describe(
      "Whether the token may be used; true by default. A disabled token is refused at once and works again when it is enabled.",
    ),
  clusterName: z
    .string("must be text")
    .max(0, "must be empty: there are no clusters")
    .nullish()
    .transform(() => "")
    .describe("The cluster the token is limited to. Must be empty: there are no clusters yet."),
  labels: labels.nullish().transform((map) => map ?? {}),
  annotations: annotations.nullish().transform((map) => map ?? {}),
  idempotencyKey: z
    .uuid("must be a UUID")
    .nullish()
    .transform((key) => key ?? null),
});

/** The input of an update: only what is present is changed; `null` counts as absent. */
export const updateTokenInput = z.object({
  description: description.nullish(),
  ttlMs: ttlMs.nullish(),
  enabled: enabled.nullish(),
  labels: labels.nullish(),
  annotations: annotations.nullish(),
  ownerId: z.string("must be text").nullish(),
  ownerPrincipal: z.record(z.string(), z.string("must be text")).nullish(),
  kind: z.string("must be text").nullish(),
  clusterName: z.string("must be text").nullish(),
  resourceVersion: z.string("must be text").nullish(),
});

// The syntax of Kubernetes' qualified names: an optional DNS prefix, a slash, a short name.
function checkKeys(map: Record<string, unknown>, context: z.RefinementCtx): void {
  for (const key of Object.keys(map)) {
    const [name = "", prefix, ...rest] = key.split("/").reverse();
    const isName = name.length <= 63 && QUALIFIED_NAME.test(name);
    const isPrefix = prefix === undefined || (prefix.length <= 253 && DNS_SUBDOMAIN.test(prefix));
    if (isName && isPrefix && rest.length === 0) continue;
    context.addIssue({
      code: "custom",
      path: [key],
      input: key,
      message: KEY_MESSAGE,
    });
  }
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function fitsIn(bytesMax: number): (map: Record<string, string>) => boolean {
  return (map) => bytesOf(Object.entries(map).flat().join("")) <= bytesMax;
}
