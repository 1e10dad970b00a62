"use client";

import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { Suspense, useCallback, useState, useTransition } from "react";
import { changeUserFilter, type UserFilter } from "@/domain/users/filter";
import { LoadingBar } from "../loading-bar";
import { Pager } from "../pager";
import { Button } from "../ui/button";
import { lazyPart } from "../update/lazy-part";
import { useShortcut } from "../use-shortcut";
import type { CreatedUser, UserActions } from "./actions";
import { useUserActions } from "./use-user-actions";
import { UserFilters } from "./user-filters";
import { userHref, usersHref } from "./user-href";
import { UserTable } from "./user-table";
import type { ListedUser } from "./user-view";
import { UsersEmpty } from "./users-empty";

const CreateUserDialog = lazyPart(
  async () => (await import("./create-user-dialog")).CreateUserDialog,
);
const LinkDialog = lazyPart(async () => (await import("./link-dialog")).LinkDialog);

interface UserConsoleProps {
  filter: UserFilter;
  users: readonly ListedUser[];
  /** A count of tokens that stands for as many or more. */
  tokensMax: number;
  next: string | null;
  previous: string | null;
  now: Date;
  passwordLengthMin: number;
  hasPasswords: boolean;
  actions: UserActions;
}

export function UserConsole(props: UserConsoleProps) {
  const { filter, users, tokensMax, next, previous, now, actions } = props;
  const router = useRouter();
  const [isLoading, startTransition] = useTransition();
  const [isCreating, setCreating] = useState(false);
  const [created, setCreated] = useState<CreatedUser | null>(null);
  const commands = useUserActions({
    actions,
    onDeleted: (toast) => {
      commands.showToast(toast);
      router.refresh();
    },
  });
  const { showToast } = commands;
  useShortcut("c", () => setCreating(true));

  // The list is fetched anew only when the link is off the screen.
  const handleShown = useCallback(
    ({ id, username }: CreatedUser) => {
      setCreated(null);
      const open = { label: "Show", onSelect: () => router.push(userHref(id)) };
      showToast({ text: `Created ${username}`, action: open });
      router.refresh();
    },
    [router, showToast],
  );

  const handleCreated = useCallback(
    (user: CreatedUser) => {
      setCreating(false);
      if (user.link) setCreated(user);
      else handleShown(user);
    },
    [handleShown],
  );

  const handleFilter = (changed: UserFilter) => {
    startTransition(() => router.replace(usersHref(changed), { scroll: false }));
  };
  const pageHref = (place: Partial<UserFilter>) => usersHref(changeUserFilter(filter, place));

  return (
    <>
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-xl leading-8 tracking-tight">Users</h1>
        <Button variant="primary" aria-keyshortcuts="c" onClick={() => setCreating(true)}>
          <UserPlus aria-hidden className="size-4" />
          Create user
        </Button>
      </header>
      <div className="mt-4">
        <UserFilters filter={filter} onChange={handleFilter} />
      </div>
      <section
        aria-label="Users"
        aria-busy={isLoading}
        className="relative mt-4 rounded-lg border border-line bg-surface"
      >
        {isLoading ? <LoadingBar /> : null}
        <div className={isLoading ? "opacity-60 transition-opacity delay-150" : undefined}>
          {users.length > 0 ? (
            <UserTable
              users={users}
              tokensMax={tokensMax}
              now={now}
              onCommand={(command, user) => commands.begin(command, user)}
            />
          ) : (
            <UsersEmpty />
          )}
        </div>
      </section>
      <Pager
        previous={previous ? pageHref({ before: previous }) : null}
        next={next ? pageHref({ after: next }) : null}
      />
      {isCreating || created ? (
        <Suspense>
          {isCreating ? (
            <CreateUserDialog
              action={actions.create}
              passwordLengthMin={props.passwordLengthMin}
              hasPasswords={props.hasPasswords}
              onCreated={handleCreated}
              onClose={() => setCreating(false)}
            />
          ) : null}
          {created?.link ? (
            <LinkDialog
              username={created.username}
              link={created.link}
              note={null}
              onDone={() => handleShown(created)}
            />
          ) : null}
        </Suspense>
      ) : null}
      {commands.surface}
    </>
  );
}
