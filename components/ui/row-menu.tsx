"use client";

import * as Menu from "@radix-ui/react-dropdown-menu";
import { Fragment } from "react";

export interface MenuItem<Command extends string> {
  command: Command;
  label: string;
  /** Set apart from what is above it, in the colour of danger. */
  danger?: boolean;
}

interface RowMenuProps<Command extends string> {
  label: string;
  items: readonly MenuItem<Command>[];
  onSelect: (command: Command) => void;
  onClose: () => void;
}

/** The open menu of a row; it hangs on the element it is rendered into. */
export function RowMenu<Command extends string>(props: RowMenuProps<Command>) {
  const { label, items, onSelect, onClose } = props;
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
          {items.map(({ command, label: text, danger }) => (
            <Fragment key={command}>
              {danger ? <Menu.Separator className="my-1 h-px bg-line" /> : null}
              <Menu.Item
                onSelect={() => onSelect(command)}
                className={`rounded-md px-2.5 py-1.5 text-base outline-none data-highlighted:bg-sunken ${danger ? "text-danger" : ""}`}
              >
                {text}
              </Menu.Item>
            </Fragment>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
