"use client";

import { ScanSearch } from "lucide-react";
import { Suspense, useState } from "react";
import { Button } from "../ui/button";
import { lazyPart } from "../update/lazy-part";
import { useHasScripts } from "../use-has-scripts";
import type { FindTokenAction } from "./actions";

const FindTokenDialog = lazyPart(async () => (await import("./find-token-dialog")).FindTokenDialog);

/** Finds the token of a pasted secret. Only scripts can make its fingerprint here. */
export function FindToken({ action }: { action: FindTokenAction }) {
  const hasScripts = useHasScripts();
  const [isOpen, setOpen] = useState(false);
  if (!hasScripts) return null;
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <ScanSearch aria-hidden className="size-4" />
        Find by value
      </Button>
      {isOpen ? (
        <Suspense>
          <FindTokenDialog action={action} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
