/** What can be done with a user, from a row or from their page. */
export type UserCommand =
  | "edit"
  | "reset-password"
  | "end-sessions"
  | "disable"
  | "enable"
  | "delete";
