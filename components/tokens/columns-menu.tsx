"use client";

import * as Menu from "@radix-ui/react-dropdown-menu";
import { Check, Columns3 } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "../ui/button";
import { columnsOf } from "./columns";
import type { ListLook, ListScope } from "./list-look";

interface ColumnsMenuProps {
  scope: ListScope;
  look: ListLook;
  onChange: (look: ListLook) => void;
}

/** Which columns are shown and how close the rows stand; it stays open while one chooses. */
export function ColumnsMenu({ scope, look, onChange }: ColumnsMenuProps) {
  const toggle = (name: ListLook["hidden"][number]) => {
    const isHidden = look.hidden.includes(name);
    const hidden = isHidden
      ? look.hidden.filter((column) => column !== name)
      : [...look.hidden, name];
    onChange({ ...look, hidden });
  };
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className={buttonClass("secondary", "sm")}>
        <Columns3 aria-hidden className="size-4" />
        Columns
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={4}
          className="z-40 min-w-44 animate-slide-in rounded-lg border border-line bg-surface p-1 text-ink shadow-lg"
        >
          {columnsOf(scope)
            .filter(({ sort }) => sort !== "name")
            .map(({ sort, label }) => (
              <Choice
                key={sort}
                checked={!look.hidden.includes(sort)}
                onChange={() => toggle(sort)}
              >
                {label}
              </Choice>
            ))}
          <Menu.Separator className="my-1 h-px bg-line" />
          <Choice
            checked={look.isDense}
            onChange={() => onChange({ ...look, isDense: !look.isDense })}
          >
            Dense rows
          </Choice>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface ChoiceProps {
  checked: boolean;
  onChange: () => void;
  children: ReactNode;
}

function Choice({ checked, onChange, children }: ChoiceProps) {
  return (
    <Menu.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      // Several are chosen in a row.
      onSelect={(event) => event.preventDefault()}
      className="flex items-center gap-2 rounded-md py-1.5 pr-3 pl-8 text-base outline-none data-highlighted:bg-sunken"
    >
      <Menu.ItemIndicator className="absolute left-3">
        <Check aria-hidden className="size-4 text-accent" />
      </Menu.ItemIndicator>
      {children}
    </Menu.CheckboxItem>
  );
}
