"use client";

import { X } from "lucide-react";
import { Button } from "./button";

export interface ToastContent {
  text: string;
  tone?: "danger";
  action?: { label: string; onSelect: () => void };
}

interface ToastProps {
  content: ToastContent | null;
  onDismiss: () => void;
}

/** One message at the foot of the page. It stays until dismissed or replaced: nobody must hurry. */
export function Toast({ content, onDismiss }: ToastProps) {
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-30 flex justify-center px-4"
    >
      {content ? (
        <div className="pointer-events-auto flex animate-slide-in items-center gap-3 rounded-lg border border-line bg-ink py-2 pr-2 pl-4 text-canvas text-sm shadow-lg">
          <p className="min-w-0">{content.text}</p>
          {content.action ? (
            <Button
              size="sm"
              className="border-canvas/40! bg-transparent! text-canvas! hover:bg-canvas/15!"
              onClick={content.action.onSelect}
            >
              {content.action.label}
            </Button>
          ) : null}
          <Button
            variant="quiet"
            size="icon"
            aria-label="Dismiss"
            className="text-canvas! hover:bg-canvas/15!"
            onClick={onDismiss}
          >
            <X aria-hidden className="size-4" />
          </Button>
        </div>
      ) : null}
    </div>
  );
}
