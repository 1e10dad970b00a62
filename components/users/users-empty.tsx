import { SearchX } from "lucide-react";
import { buttonClass } from "../ui/button";
import { USERS_PATH } from "./user-href";

/** There is always a user, who is looking: an empty list is one that the filters emptied. */
export function UsersEmpty() {
  return (
    <div className="grid justify-items-center gap-3 px-6 py-14 text-center">
      <SearchX aria-hidden className="size-7 text-muted" strokeWidth={1.5} />
      <h2 className="font-medium">Nobody matches</h2>
      <p className="max-w-sm text-muted text-sm">
        No user has all of what the filters ask for. The search looks in usernames and display
        names.
      </p>
      <a href={USERS_PATH} className={buttonClass("secondary")}>
        Clear filters
      </a>
    </div>
  );
}
