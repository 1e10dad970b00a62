import { z } from "zod";
import { createUserInput } from "@/domain/users/schema";
import { listMeta, objectMeta, typeMeta } from "./object-meta";

const input = createUserInput.shape;
const flag = (description: string) => z.boolean().optional().describe(description);

/** `management.cattle.io/v3` User as it is on the wire; what a client may set is the domain's input. */
export const userKind = z
  .object({
    ...typeMeta,
    metadata: objectMeta
      .nullish()
      .describe(
        "The id of the user as the name, and the version. A user has no labels and no annotations.",
      ),
    username: input.username.optional(),
    displayName: input.displayName,
    role: input.role,
    enabled: input.enabled,
    password: input.password.meta({ format: "password", writeOnly: true }),
    status: z
      .object({
        hasPassword: flag("Whether the user can sign in with a password."),
        roleFromGroup: flag(
          "Whether a group at the identity provider gave the role: the next sign-in without it takes the role away. A role set here is the user's own.",
        ),
      })
      .nullish()
      .describe("What the server knows of the user. Read-only: ignored in a request."),
  })
  .describe(
    "User is a person or program that owns tokens. Only administrators see and change users. Disabling one suspends every token of the user at once, enabling brings back those that were enabled; deleting deletes them. The last enabled administrator cannot be demoted, disabled or deleted.",
  );

export const userListKind = z
  .object({
    ...typeMeta,
    metadata: listMeta.optional().describe("The version and the next page of the list."),
    items: z.array(userKind).describe("The users of this page, by username."),
  })
  .describe("UserList is a list of users.");
