"use client";

import * as Menu from "@radix-ui/react-dropdown-menu";
import { Bookmark, Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { changeFilter, type TokenFilter, toQueryString } from "@/domain/tokens/filter";
import type { SavedView, ViewList } from "@/domain/views/view";
import { buttonClass } from "../ui/button";
import { Toast } from "../ui/toast";
import { useHasScripts } from "../use-has-scripts";
import type { ViewActions } from "./actions";
import { useViews } from "./use-views";
import { plainHref, viewHref } from "./view-href";

const SaveViewDialog = lazy(async () => ({
  default: (await import("./save-view-dialog")).SaveViewDialog,
}));
const ManageViewsDialog = lazy(async () => ({
  default: (await import("./manage-views-dialog")).ManageViewsDialog,
}));

interface ViewsMenuProps {
  list: ViewList;
  filter: TokenFilter;
  /** The number of the view that the address names. */
  openId: number | null;
  actions: ViewActions;
}

/** The saved views of a list, with the one that is shown marked, and what is done with them. */
export function ViewsMenu({ list, filter, openId, actions }: ViewsMenuProps) {
  const hasScripts = useHasScripts();
  const router = useRouter();
  const { views, problem, fetchViews } = useViews(actions, list, openId !== null);
  const [dialog, setDialog] = useState<"save" | "manage" | null>(null);
  const [toast, setToast] = useState<string | null>(null);
  // A changed filter is not the view any more, but it came from there.
  const [originId, setOriginId] = useState(openId);
  if (openId !== null && openId !== originId) setOriginId(openId);
  if (!hasScripts) return null;

  const query = toQueryString(changeFilter(filter, {}));
  const same = views?.filter((view) => view.query === query) ?? [];
  const current = same.find(({ id }) => id === openId) ?? same[0];
  const origin = current ? undefined : views?.find(({ id }) => id === originId);

  const handleUpdate = async ({ id, name }: SavedView) => {
    const answer = await actions.update(id, { query });
    setToast(answer.status === "failed" ? answer.message : `Updated “${name}”`);
    await fetchViews();
    if (answer.status === "done") router.replace(viewHref(list, { id, query }), { scroll: false });
  };

  const handleSaved = async (id: number, name: string) => {
    setDialog(null);
    setToast(`Saved “${name}”`);
    await fetchViews();
    router.replace(viewHref(list, { id, query }), { scroll: false });
  };

  return (
    <>
      <Menu.Root modal={false} onOpenChange={(isOpen) => (isOpen ? void fetchViews() : null)}>
        <Menu.Trigger className={`${buttonClass("secondary", "sm")} max-w-56`}>
          <Bookmark aria-hidden className="size-4 shrink-0" />
          <span className="truncate">{current ? `View: ${current.name}` : "Views"}</span>
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Content
            align="end"
            sideOffset={4}
            collisionPadding={8}
            className="z-40 max-h-(--radix-dropdown-menu-content-available-height) w-72 max-w-[calc(100vw-1rem)] animate-slide-in overflow-y-auto rounded-lg border border-line bg-surface p-1 text-ink shadow-lg"
          >
            <ViewLink href={plainHref(list)} isCurrent={query === ""}>
              {list === "all" ? "All tokens" : "All my tokens"}
            </ViewLink>
            {problem ? <p className="px-2.5 py-1.5 text-danger text-sm">{problem}</p> : null}
            {!views && !problem ? (
              <p className="px-2.5 py-1.5 text-muted text-sm">Loading…</p>
            ) : null}
            <Group
              title="Mine"
              views={views?.filter(({ isOwn }) => isOwn)}
              {...{ list, current }}
            />
            <Group
              title="Shared"
              views={views?.filter(({ isOwn }) => !isOwn)}
              {...{ list, current }}
            />
            <Menu.Separator className="my-1 h-px bg-line" />
            {origin ? (
              <Command onSelect={() => handleUpdate(origin)}>Update “{origin.name}”</Command>
            ) : null}
            <Command onSelect={() => setDialog("save")}>Save this view…</Command>
            {views && views.length > 0 ? (
              <Command onSelect={() => setDialog("manage")}>Manage views…</Command>
            ) : null}
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
      <Suspense>
        {dialog === "save" ? (
          <SaveViewDialog
            list={list}
            query={query}
            action={actions.save}
            onSaved={handleSaved}
            onClose={() => setDialog(null)}
          />
        ) : null}
        {dialog === "manage" && views ? (
          <ManageViewsDialog
            list={list}
            views={views}
            actions={actions}
            onChanged={async () => {
              await fetchViews();
              router.refresh();
            }}
            onClose={() => setDialog(null)}
          />
        ) : null}
      </Suspense>
      <Toast content={toast ? { text: toast } : null} onDismiss={() => setToast(null)} />
    </>
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
