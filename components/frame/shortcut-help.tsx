"use client";

import { Keyboard } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useShortcut } from "../use-shortcut";

const SHORTCUTS = [
  ["/", "Search"],
  ["c", "Create a token"],
  ["j k", "Next and previous row"],
  ["x", "Select a row; with shift, up to it"],
  ["b", "What to do with the selected rows"],
  ["Enter", "Open a row"],
  ["↑ ↓", "Move in menus"],
  ["Esc", "Close a menu or dialog"],
  ["?", "This help"],
] as const;

export function ShortcutHelp() {
  const [isOpen, setOpen] = useState(false);
  useShortcut("?", () => setOpen(true));
  useShortcut("/", () => {
    document.querySelector<HTMLInputElement>("main input[type=search]")?.focus();
  });
  return (
    <>
      <Button
        variant="quiet"
        size="icon"
        aria-label="Keyboard shortcuts"
        aria-keyshortcuts="?"
        className="max-md:hidden"
        onClick={() => setOpen(true)}
      >
        <Keyboard aria-hidden className="size-4 text-muted" />
      </Button>
      {isOpen ? (
        <Dialog title="Keyboard shortcuts" onClose={() => setOpen(false)}>
          <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2.5">
            {SHORTCUTS.map(([keys, meaning]) => (
              <div key={keys} className="contents">
                <dt>
                  <kbd className="rounded-sm border border-line-strong/60 bg-sunken px-1.5 py-0.5 font-mono text-xs">
                    {keys}
                  </kbd>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      ) : null}
    </>
  );
}
