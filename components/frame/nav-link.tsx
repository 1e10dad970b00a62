"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

interface NavLinkProps {
  href: Route;
  icon: ReactNode;
  children: ReactNode;
}

export function NavLink({ href, icon, children }: NavLinkProps) {
  const isCurrent = usePathname() === href;
  const link = useRef<HTMLAnchorElement>(null);
  // On a narrow screen the links are wider than it is. scrollIntoView would have the first Tab begin here.
  useEffect(() => {
    const bar = link.current?.parentElement;
    if (!isCurrent || !link.current || !bar) return;
    const end = link.current.offsetLeft + link.current.offsetWidth - bar.offsetLeft;
    bar.scrollLeft = end - bar.clientWidth;
  }, [isCurrent]);
  return (
    <a
      ref={link}
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className="flex items-center gap-2.5 whitespace-nowrap rounded-md px-2.5 py-1.5 text-muted hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:font-medium aria-[current]:text-ink"
    >
      {icon}
      {children}
    </a>
  );
}
