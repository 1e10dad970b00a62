"use client";

import * as Menu from "@radix-ui/react-dropdown-menu";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import type { SavedView, ViewList } from "@/domain/views/view";
import { plainHref, viewHref } from "./view-href";

interface ViewsListProps {
  list: ViewList;
  views: readonly SavedView[] | null;
  problem: string | null;
  current: SavedView | undefined;
  /** Nothing restricts or orders what is shown. */
  isPlain: boolean;
  /** The view that what is shown was changed from. */
  origin: SavedView | undefined;
  onUpdate: (view: SavedView) => void;
  onOpenDialog: (dialog: "save" | "manage") => void;
}

/** What the open menu of views holds. */
export function ViewsList(props: ViewsListProps) {
  const { list, views, problem, current, isPlain, origin, onUpdate, onOpenDialog } = props;
  return (
    <Menu.Portal>
      <Menu.Content
        align="end"
        sideOffset={4}
        collisionPadding={8}
        className="z-40 max-h-(--radix-dropdown-menu-content-available-height) w-72 max-w-[calc(100vw-1rem)] animate-slide-in overflow-y-auto rounded-lg border border-line bg-surface p-1 text-ink shadow-lg"
      >
        <ViewLink href={plainHref(list)} isCurrent={isPlain}>
          {list === "all" ? "All tokens" : "All my tokens"}
        </ViewLink>
        {problem ? <p className="px-2.5 py-1.5 text-danger text-sm">{problem}</p> : null}
        {!views && !problem ? <p className="px-2.5 py-1.5 text-muted text-sm">Loading…</p> : null}
        <Group title="Mine" views={views?.filter(({ isOwn }) => isOwn)} {...{ list, current }} />
        <Group title="Shared" views={views?.filter(({ isOwn }) => !isOwn)} {...{ list, current }} />
        <Menu.Separator className="my-1 h-px bg-line" />
        {origin ? (
          <Command onSelect={() => onUpdate(origin)}>Update “{origin.name}”</Command>
        ) : null}
        <Command onSelect={() => onOpenDialog("save")}>Save this view…</Command>
        {views && views.length > 0 ? (
          <Command onSelect={() => onOpenDialog("manage")}>Manage views…</Command>
        ) : null}
      </Menu.Content>
    </Menu.Portal>
  );
}

interface GroupProps {
  title: string;
  views: readonly SavedView[] | undefined;
  list: ViewList;
  current: SavedView | undefined;
}

function Group({ title, views, list, current }: GroupProps) {
  if (!views || views.length === 0) return null;
  return (
    <Menu.Group>
      <Menu.Label className="px-2.5 pt-2 pb-1 font-medium text-muted text-xs">{title}</Menu.Label>
      {views.map((view) => (
        <ViewLink key={view.id} href={viewHref(list, view)} isCurrent={view.id === current?.id}>
          <span className="min-w-0 grow truncate">{view.name}</span>
          <span className="shrink-0 text-muted text-xs">{noteOf(view)}</span>
        </ViewLink>
      ))}
    </Menu.Group>
  );
}

function noteOf({ isDefault, isShared, isOwn, ownerName }: SavedView): string {
  const notes = [isDefault ? "default" : "", isOwn ? (isShared ? "shared" : "") : ownerName];
  return notes.filter(Boolean).join(" · ");
}

interface ViewLinkProps {
  href: string;
  isCurrent: boolean;
  children: ReactNode;
}

function ViewLink({ href, isCurrent, children }: ViewLinkProps) {
  return (
    <Menu.Item asChild>
      <a
        href={href}
        aria-current={isCurrent ? "page" : undefined}
        className="relative flex items-baseline gap-3 rounded-md py-1.5 pr-2.5 pl-8 text-base outline-none data-highlighted:bg-sunken"
      >
        {isCurrent ? (
          <Check aria-hidden className="absolute left-2.5 size-4 self-center text-accent" />
        ) : null}
        {children}
      </a>
    </Menu.Item>
  );
}

function Command({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <Menu.Item
      onSelect={onSelect}
      className="break-words rounded-md px-2.5 py-1.5 text-base outline-none data-highlighted:bg-sunken"
    >
      {children}
    </Menu.Item>
  );
}
