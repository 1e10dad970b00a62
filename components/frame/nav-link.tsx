"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

interface NavLinkProps {
  href: Route;
  icon: ReactNode;
  children: ReactNode;
}

export function NavLink({ href, icon, children }: NavLinkProps) {
  const isCurrent = usePathname() === href;
  return (
    <a
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className="flex items-center gap-2.5 whitespace-nowrap rounded-md px-2.5 py-1.5 text-muted hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:font-medium aria-[current]:text-ink"
    >
      {icon}
      {children}
    </a>
  );
}
