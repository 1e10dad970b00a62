"use client";

import type { ReactNode } from "react";
import { useHasScripts } from "../use-has-scripts";
import { ColumnsMenu } from "./columns-menu";
import type { ListLook, ListScope } from "./list-look";

interface ListBarProps {
  scope: ListScope;
  look: ListLook;
  onLook: (look: ListLook) => void;
  /** What else can be done with the whole list. */
  children?: ReactNode;
}

/** Stands above the table: what is done with the list as a whole. */
export function ListBar({ scope, look, onLook, children }: ListBarProps) {
  const hasScripts = useHasScripts();
  return (
    <div className="mt-4 flex min-h-8 flex-wrap items-center justify-end gap-2">
      {children}
      {hasScripts ? <ColumnsMenu scope={scope} look={look} onChange={onLook} /> : null}
    </div>
  );
}
