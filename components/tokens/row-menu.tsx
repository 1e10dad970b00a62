"use client";

import * as Menu from "@radix-ui/react-dropdown-menu";
import type { ReactNode } from "react";
import type { TokenCommand } from "./use-token-actions";

interface RowMenuProps {
  label: string;
  enabled: boolean;
  onSelect: (command: TokenCommand) => void;
  onClose: () => void;
}

/** The open menu of a row; it hangs on the element it is rendered into. */
export function RowMenu({ label, enabled, onSelect, onClose }: RowMenuProps) {
  return (
    <Menu.Root open modal={false} onOpenChange={(isOpen) => (isOpen ? null : onClose())}>
      <Menu.Trigger asChild>
        <span aria-hidden className="pointer-events-none absolute inset-0" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={4}
          aria-label={label}
          aria-labelledby={undefined}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-40 min-w-40 animate-slide-in rounded-lg border border-line bg-surface p-1 text-ink shadow-lg"
        >
          <Item onSelect={() => onSelect("edit")}>Edit</Item>
          {enabled ? (
            <Item onSelect={() => onSelect("disable")}>Disable</Item>
          ) : (
            <Item onSelect={() => onSelect("enable")}>Enable</Item>
          )}
          <Menu.Separator className="my-1 h-px bg-line" />
          <Item danger onSelect={() => onSelect("delete")}>
            Delete
          </Item>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface ItemProps {
  children: ReactNode;
  danger?: boolean;
  onSelect: () => void;
}

function Item({ children, danger, onSelect }: ItemProps) {
  return (
    <Menu.Item
      onSelect={onSelect}
      className={`rounded-md px-2.5 py-1.5 text-base outline-none data-highlighted:bg-sunken ${danger ? "text-danger" : ""}`}
    >
      {children}
    </Menu.Item>
  );
}
