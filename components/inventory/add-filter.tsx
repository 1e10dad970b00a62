"use client";

import { ListFilterPlus } from "lucide-react";
import type { Route } from "next";
import { Suspense, useEffect, useId, useRef, useState } from "react";
import type { TokenFacets } from "@/domain/tokens/facet-values";
import type { TokenFilter } from "@/domain/tokens/filter";
import type { ListPath } from "../tokens/list-href";
import type { ListScope } from "../tokens/list-look";
import { Button } from "../ui/button";
import { lazyPart } from "../update/lazy-part";

const FilterPanel = lazyPart(async () => (await import("./filter-panel")).FilterPanel);

interface AddFilterProps {
  path: ListPath;
  scope: ListScope;
  filter: TokenFilter;
  facets: TokenFacets | undefined;
  onNavigate: (href: Route) => void;
}

/** A button and, below it, every filter to choose from; it closes as soon as the focus leaves it. */
export function AddFilter(props: AddFilterProps) {
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    if (!isOpen) return;
    const closeOutside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("focusin", closeOutside);
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("focusin", closeOutside);
    };
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from anywhere inside
    <div
      ref={root}
      className="relative"
      onKeyDown={(event) => {
        if (!isOpen || event.key !== "Escape") return;
        event.preventDefault();
        close();
      }}
    >
      <Button
        className="aria-expanded:bg-sunken noscript:hidden"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <ListFilterPlus aria-hidden className="size-4" />
        Add filter
      </Button>
      {isOpen ? (
        <Suspense>
          <FilterPanel {...props} id={id} onClose={close} />
        </Suspense>
      ) : null}
    </div>
  );
}
