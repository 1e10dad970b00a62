/** Whether a user is let in, by shape and word; the shapes are drawn in globals.css. */
export function UserState({ enabled }: { enabled: boolean }) {
  return (
    <span className={`state ${enabled ? "state-active" : "state-disabled"}`}>
      {enabled ? "Enabled" : "Disabled"}
    </span>
  );
}
