"use client";

import { Download } from "lucide-react";
import { useRef } from "react";
import { NEWEST_FIRST, type TokenFilter, toQueryString } from "@/domain/tokens/filter";
import { buttonClass } from "../ui/button";

const FORMATS = [
  { format: "csv", label: "CSV", hint: "for spreadsheets" },
  { format: "jsonl", label: "JSON lines", hint: "for programs" },
] as const;

interface ExportMenuProps {
  scope: "own" | "all";
  filter: TokenFilter;
}

/** Files of everything that the filter selects. A disclosure of plain links: it needs no scripts. */
export function ExportMenu({ scope, filter }: ExportMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => menu.current?.removeAttribute("open");
  return (
    <details
      ref={menu}
      // Narrow, it hangs in the page: beside its button it would not fit everywhere.
      className="sm:relative"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        close();
        menu.current?.querySelector("summary")?.focus();
      }}
    >
      <summary
        className={`${buttonClass("secondary", "sm")} cursor-pointer list-none [&::-webkit-details-marker]:hidden`}
      >
        <Download aria-hidden className="size-4" />
        Export
      </summary>
      <ul className="absolute z-40 mt-1 max-sm:inset-x-4 sm:top-full sm:right-0 sm:min-w-56 rounded-lg border border-line bg-surface p-1 text-ink shadow-lg">
        {FORMATS.map(({ format, label, hint }) => (
          <li key={format}>
            <a
              href={exportHref(scope, filter, format)}
              download
              className="flex items-baseline justify-between gap-4 rounded-md px-2.5 py-1.5 text-base hover:bg-sunken"
              onClick={close}
            >
              {label}
              <span className="text-muted text-sm">{hint}</span>
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

function exportHref(scope: "own" | "all", filter: TokenFilter, format: string): string {
  const { after: _after, before: _before, ...kept } = filter;
  const query = toQueryString({ ...kept, ...NEWEST_FIRST });
  const path = scope === "all" ? "/admin/tokens/export" : "/tokens/export";
  return `${path}${query}${query ? "&" : "?"}format=${format}`;
}
