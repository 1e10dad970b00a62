import type { UserView } from "./user-view";

/** The user that a dialog is about. */
export function WhoIsMeant({ user }: { user: UserView }) {
  return (
    <dl className="rounded-md bg-sunken px-3 py-2.5">
      <dt className="wrap-anywhere font-medium text-sm">{user.username}</dt>
      <dd className="wrap-anywhere text-muted text-sm">{user.displayName || "No display name"}</dd>
    </dl>
  );
}
