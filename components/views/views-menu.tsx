"use client";

import * as Menu from "@radix-ui/react-dropdown-menu";
import { Bookmark } from "lucide-react";
import { useRouter } from "next/navigation";
import { Suspense, useState } from "react";
import { changeFilter, type TokenFilter, toQueryString } from "@/domain/tokens/filter";
import type { SavedView, ViewList } from "@/domain/views/view";
import { buttonClass } from "../ui/button";
import { Toast } from "../ui/toast";
import { lazyPart } from "../update/lazy-part";
import { useHasScripts } from "../use-has-scripts";
import type { ViewActions } from "./actions";
import { useViews } from "./use-views";
import { viewHref } from "./view-href";
import { ViewsList } from "./views-list";

const SaveViewDialog = lazyPart(async () => (await import("./save-view-dialog")).SaveViewDialog);
const ManageViewsDialog = lazyPart(
  async () => (await import("./manage-views-dialog")).ManageViewsDialog,
);

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
  const current = currentOf(views ?? [], query, openId);
  const origin = current ? undefined : views?.find(({ id }) => id === originId);

  const handleUpdate = async ({ id, name }: SavedView) => {
    const answer = await actions.update(id, { query });
    setToast(answer.status === "failed" ? answer.message : `Updated “${name}”`);
    await fetchViews();
    if (answer.status === "done") router.replace(viewHref(list, { id, query }), { scroll: false });
  };

  const handleSaved = async (id: number, name: string) => {
    setDialog(null);
    setOriginId(id);
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
        <ViewsList
          list={list}
          views={views}
          problem={problem}
          current={current}
          isPlain={query === ""}
          origin={origin}
          onUpdate={handleUpdate}
          onOpenDialog={setDialog}
        />
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

// Of two views of the same, the one that the address names.
function currentOf(views: readonly SavedView[], query: string, openId: number | null) {
  const same = views.filter((view) => view.query === query);
  return same.find(({ id }) => id === openId) ?? same[0];
}
