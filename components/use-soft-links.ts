"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";

/**
 * A click handler for what holds the pages: plain links inside navigate without loading anew, as
 * next/link does, at no cost per link. Clicks meant for new tabs, downloads and places on the same
 * page stay the browser's. `onFollow` leads to an address of the console in another way.
 */
export function useSoftLinks(onFollow?: (href: Route) => void): (event: MouseEvent) => void {
  const router = useRouter();
  return (event) => {
    const isModified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || event.button !== 0 || isModified) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.origin !== window.location.origin) return;
    if (link.hash !== "" || link.target !== "" || link.hasAttribute("download")) return;
    event.preventDefault();
    const href = (link.pathname + link.search) as Route;
    if (onFollow) onFollow(href);
    else router.push(href);
  };
}
