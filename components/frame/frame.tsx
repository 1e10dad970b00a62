"use client";

import {
  CircleUser,
  KeyRound,
  Layers,
  LogOut,
  MonitorSmartphone,
  ScrollText,
  Settings,
  Users,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Theme } from "../theme";
import { Button } from "../ui/button";
import { useHasScripts } from "../use-has-scripts";
import { useSoftLinks } from "../use-soft-links";
import { Brand } from "./brand";
import { NavLink } from "./nav-link";
import { ShortcutHelp } from "./shortcut-help";
import { ThemeChoice } from "./theme-choice";

interface FrameProps {
  user: { name: string; displayName: string; role: string } | null;
  isAdmin: boolean;
  theme: Theme;
  children: ReactNode;
}

const ROLE_NAMES: Record<string, string> = {
  admin: "Administrator",
  verifier: "Verifier",
  user: "User",
};

/** What stands around every page of the console. */
export function Frame({ user, isAdmin, theme, children }: FrameProps) {
  const follow = useSoftLinks();
  const hasScripts = useHasScripts();
  return (
    // biome-ignore lint/a11y: only links are acted on, which keys click too
    <div onClick={follow} className="min-h-dvh md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-3 md:sticky md:top-0 md:h-dvh md:flex-col md:flex-nowrap md:items-stretch md:border-r md:border-b-0 md:px-3 md:py-5">
        <span className="grow md:mb-4 md:grow-0 md:px-2.5">
          <Brand />
        </span>
        {user ? (
          <nav
            aria-label="Main"
            className="order-last flex w-full gap-1 overflow-x-auto md:order-none md:grid md:w-auto"
          >
            <NavLink href="/tokens" icon={<KeyRound aria-hidden className="size-4" />}>
              Tokens
            </NavLink>
            <NavLink href="/sessions" icon={<MonitorSmartphone aria-hidden className="size-4" />}>
              Sign-ins
            </NavLink>
            {isAdmin ? (
              <>
                <NavLink href="/admin/tokens" icon={<Layers aria-hidden className="size-4" />}>
                  All tokens
                </NavLink>
                <NavLink href="/admin/users" icon={<Users aria-hidden className="size-4" />}>
                  Users
                </NavLink>
                <NavLink href="/admin/audit" icon={<ScrollText aria-hidden className="size-4" />}>
                  Audit
                </NavLink>
                <NavLink href="/admin/settings" icon={<Settings aria-hidden className="size-4" />}>
                  Settings
                </NavLink>
              </>
            ) : null}
          </nav>
        ) : null}
        <div className="hidden md:block md:grow" />
        {user ? (
          <div className="flex items-center gap-2 md:grid md:gap-3 md:border-line md:border-t md:pt-4">
            <a
              href="/account"
              aria-label={`Your account, ${user.name}`}
              className="flex min-w-0 items-center gap-2.5 rounded-md p-1.5 hover:bg-sunken md:px-2.5"
            >
              <CircleUser aria-hidden className="size-5 shrink-0 text-muted md:hidden" />
              <span className="hidden min-w-0 md:block">
                <span className="block truncate font-medium text-sm" title={user.name}>
                  {user.displayName || user.name}
                </span>
                <span className="block text-muted text-xs">{ROLE_NAMES[user.role]}</span>
              </span>
            </a>
            <div className="flex min-h-8.5 items-center justify-between gap-2 md:px-2.5">
              {hasScripts ? (
                <>
                  <ThemeChoice initial={theme} />
                  <ShortcutHelp />
                </>
              ) : null}
            </div>
            <form action="/sign-out" method="post">
              <Button
                type="submit"
                variant="quiet"
                size="sm"
                className="md:w-full"
                title={`Sign out ${user.name}`}
              >
                <LogOut aria-hidden className="size-4" />
                <span className="max-sm:sr-only">Sign out</span>
              </Button>
            </form>
          </div>
        ) : null}
      </header>
      <main id="content" className="min-w-0 px-4 py-6 md:px-8">
        <div className="mx-auto max-w-7xl">{children}</div>
      </main>
    </div>
  );
}
