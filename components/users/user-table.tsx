"use client";

import { useState } from "react";
import { useClock } from "../use-clock";
import { useTableRoles } from "../use-table-roles";
import type { UserCommand } from "./commands";
import { UserRow } from "./user-row";
import type { ListedUser } from "./user-view";

interface UserTableProps {
  users: readonly ListedUser[];
  tokensMax: number;
  now: Date;
  onCommand: (command: UserCommand, user: ListedUser) => void;
}

const COLUMNS = ["Username", "Display name", "Role", "State", "Signs in with", "Tokens", "Created"];

export function UserTable({ users, tokensMax, now, onCommand }: UserTableProps) {
  const clock = useClock(now);
  const [menu, setMenu] = useState<{ id: string; button: HTMLButtonElement } | null>(null);
  const table = useTableRoles();
  return (
    <table ref={table} className="block w-full border-collapse text-sm xl:table">
      <caption className="sr-only">Users</caption>
      <thead className="sr-only xl:not-sr-only xl:table-header-group">
        <tr className="text-muted text-xs">
          {COLUMNS.map((label) => (
            <th
              key={label}
              scope="col"
              aria-sort={label === "Username" ? "ascending" : undefined}
              className={`whitespace-nowrap px-3 py-2 font-medium first:pl-4 ${label === "Tokens" ? "text-right" : "text-left"}`}
            >
              {label}
            </th>
          ))}
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody className="block xl:table-row-group">
        {users.map((user) => (
          <UserRow
            key={user.id}
            user={user}
            tokensMax={tokensMax}
            clock={clock}
            isMenuOpen={menu?.id === user.id}
            onMenuOpen={({ id }, button) => setMenu({ id, button })}
            onMenuClose={() => {
              menu?.button.focus();
              setMenu(null);
            }}
            onCommand={onCommand}
          />
        ))}
      </tbody>
    </table>
  );
}
