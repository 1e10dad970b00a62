"use client";

import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import { Button } from "../ui/button";
import type { TokenView } from "./token-view";
import type { TokenCommand } from "./use-token-actions";

const RowMenu = lazy(async () => ({ default: (await import("./row-menu")).RowMenu }));

interface RowMenuButtonProps {
  token: TokenView;
  onCommand: (command: TokenCommand, token: TokenView) => void;
}

export function RowMenuButton({ token, onCommand }: RowMenuButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const label = `Actions for ${token.name}`;
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <span className="relative inline-flex">
      <Button
        ref={button}
        variant="quiet"
        size="icon"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Ellipsis aria-hidden className="size-4" />
      </Button>
      {isOpen ? (
        <Suspense>
          <RowMenu
            label={label}
            enabled={token.enabled}
            onClose={close}
            onSelect={(command) => {
              close();
              onCommand(command, token);
            }}
          />
        </Suspense>
      ) : null}
    </span>
  );
}
