import type { User } from "@/domain/users/user";
import { humanDuration } from "./human-duration";
import { type Kind, type KindBody, toTime } from "./kind";
import { userKind, userListKind } from "./kinds/user";
import { refuseLabels } from "./unlabelled";

/** `users.management.cattle.io`, for administrators. */
export const USERS: Kind<User> = {
  group: "management.cattle.io",
  version: "v3",
  name: "users",
  singularName: "user",
  kind: "User",
  verbs: ["create", "delete", "get", "list", "patch", "update"],
  schema: userKind,
  listSchema: userListKind,
  fieldPaths: { resourceVersion: "metadata.resourceVersion" },
  columns: [
    {
      name: "Name",
      description: "The id of the user.",
      format: "name",
      cell: (user) => user.id,
    },
    {
      name: "Username",
      description: "The name the user signs in with.",
      cell: (user) => user.username,
    },
    { name: "Role", description: "What the user may do.", cell: (user) => user.role },
    {
      name: "State",
      description: "Whether the user and the user's tokens are let in.",
      cell: (user) => (user.enabled ? "enabled" : "disabled"),
    },
    {
      name: "Age",
      description: "The time since creation.",
      cell: ({ createdAt }, now) => humanDuration(now.getTime() - createdAt.getTime()),
    },
    {
      name: "Display name",
      description: "The name to show to people.",
      wideOnly: true,
      cell: (user) => user.displayName,
    },
  ],
  toResource: (user) => ({
    apiVersion: "management.cattle.io/v3",
    kind: "User",
    metadata: {
      name: user.id,
      uid: user.uid,
      resourceVersion: user.resourceVersion,
      creationTimestamp: toTime(user.createdAt),
    },
    username: user.username,
    displayName: user.displayName,
    role: user.role,
    enabled: user.enabled,
    status: { hasPassword: user.hasPassword, roleFromGroup: user.roleFromGroup },
  }),
  toUpdateInput: (body) => ({
    ...toFields(body),
    resourceVersion: body.metadata.resourceVersion,
  }),
};

/** The domain's input of a create: without a password there is none, and none is made up. */
export function toCreateUserInput(body: KindBody): Record<string, unknown> {
  const fields = toFields(body);
  return { ...fields, withoutPassword: fields.password === undefined || fields.password === null };
}

function toFields(body: KindBody) {
  refuseLabels(USERS, body);
  const { username, displayName, role, enabled, password } = body;
  return { username, displayName, role, enabled, password };
}
