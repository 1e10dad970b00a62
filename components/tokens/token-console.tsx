"use client";

import { Plus } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { Suspense, useCallback, useEffect, useMemo, useState, useTransition } from "react";
import {
  changeFilter,
  NEWEST_FIRST,
  type TokenFilter,
  toQueryString,
} from "@/domain/tokens/filter";
import { BulkBar } from "../bulk/bulk-bar";
import { ListFilters } from "../inventory/list-filters";
import type { ListRequest } from "../inventory/list-request";
import { LoadingBar } from "../loading-bar";
import { Pager } from "../pager";
import { Button } from "../ui/button";
import { useHasDraft } from "../update/drafts";
import { lazyPart } from "../update/lazy-part";
import { useShortcut } from "../use-shortcut";
import type { ViewActions } from "../views/actions";
import { ViewsMenu } from "../views/views-menu";
import type { CreatedSecret, TokenActions } from "./actions";
import { ExportMenu } from "./export-menu";
import { FindToken } from "./find-token";
import { ListBar } from "./list-bar";
import { type ListPath, listHref } from "./list-href";
import type { ListLook } from "./list-look";
import { NEW_TOKEN } from "./new-token-draft";
import { TokenTable } from "./token-table";
import { type TokenView, unpackTokens, type Viewer } from "./token-view";
import { TokensEmpty } from "./tokens-empty";
import { TokensTooSlow } from "./tokens-too-slow";
import { useListLook } from "./use-list-look";
import { useSelection } from "./use-selection";
import { useTokenActions } from "./use-token-actions";

const CreateTokenDialog = lazyPart(async () => {
  // What shows the secret is there before one is made: once made it could not be fetched any more.
  const [dialog] = await Promise.all([import("./create-token-dialog"), import("./reveal-dialog")]);
  return dialog.CreateTokenDialog;
});
const RevealDialog = lazyPart(async () => (await import("./reveal-dialog")).RevealDialog);

interface TokenConsoleProps {
  title: string;
  path: ListPath;
  scope: "own" | "all";
  request: ListRequest;
  look: ListLook;
  /** As packTokens makes it; null when they could not be found in time. */
  tokens: string | null;
  next: string | null;
  previous: string | null;
  now: Date;
  viewer: Viewer;
  actions: TokenActions;
  views: { openId: number | null; actions: ViewActions };
}

export function TokenConsole(props: TokenConsoleProps) {
  const { title, path, scope, request, now, viewer, actions } = props;
  const { filter } = request;
  const tokens = useMemo(() => (props.tokens ? unpackTokens(props.tokens) : []), [props.tokens]);
  const [look, setLook] = useListLook(scope, props.look);
  const selection = useSelection(toQueryString(withoutPlace(filter)), tokens);
  const router = useRouter();
  const [isLoading, startTransition] = useTransition();
  const [isCreating, setCreating] = useState(false);
  const [secret, setSecret] = useState<CreatedSecret | null>(null);
  const commands = useTokenActions({
    actions,
    viewer,
    onDeleted: (toast) => {
      commands.showToast(toast);
      router.refresh();
    },
  });
  useShortcut("c", () => setCreating(true));

  const hasDraft = useHasDraft(NEW_TOKEN);
  useEffect(() => {
    if (hasDraft) setCreating(true);
  }, [hasDraft]);

  const handleCreated = useCallback((created: CreatedSecret) => {
    setCreating(false);
    setSecret(created);
  }, []);

  // The list is fetched anew only now: before, that could have taken the value off the screen.
  const handleStored = useCallback(() => {
    setSecret(null);
    router.refresh();
  }, [router]);

  const handleNavigate = (href: Route) => {
    startTransition(() => router.push(href, { scroll: false }));
  };

  const pageHref = (place: Partial<TokenFilter>) => listHref(path, changeFilter(filter, place));

  const nothing =
    props.tokens === null ? (
      <TokensTooSlow path={path} filter={filter} />
    ) : (
      <TokensEmpty path={path} scope={scope} filter={filter} onCreate={() => setCreating(true)} />
    );

  return (
    <>
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-xl leading-8 tracking-tight">{title}</h1>
        {scope === "own" ? (
          <Button variant="primary" aria-keyshortcuts="c" onClick={() => setCreating(true)}>
            <Plus aria-hidden className="size-4" />
            Create token
          </Button>
        ) : null}
      </header>
      <ListFilters
        path={path}
        scope={scope}
        request={request}
        now={now}
        expectsFindings={scope === "all" || tokens.some(standsOut)}
        onNavigate={handleNavigate}
      />
      <ListBar scope={scope} look={look} onLook={setLook}>
        <ViewsMenu list={scope} filter={filter} {...props.views} />
        <FindToken action={actions.find} />
        <ExportMenu scope={scope} filter={filter} />
      </ListBar>
      <section
        aria-label="Tokens"
        aria-busy={isLoading}
        className="relative mt-4 rounded-lg border border-line bg-surface"
      >
        {isLoading ? <LoadingBar /> : null}
        <div className={isLoading ? "opacity-60 transition-opacity delay-150" : undefined}>
          {tokens.length > 0 ? (
            <TokenTable
              caption={title}
              listing={{ path, scope, filter }}
              look={look}
              selection={selection}
              tokens={tokens}
              now={now}
              onCommand={commands.begin}
            />
          ) : (
            nothing
          )}
        </div>
      </section>
      <BulkBar {...{ path, scope, filter, selection, viewer }} actions={actions.bulk} />
      <Pager
        previous={props.previous ? pageHref({ before: props.previous }) : null}
        next={props.next ? pageHref({ after: props.next }) : null}
      />
      {isCreating || secret ? (
        <Suspense>
          {isCreating ? (
            <CreateTokenDialog
              viewer={viewer}
              action={actions.create}
              onCreated={handleCreated}
              onClose={() => setCreating(false)}
            />
          ) : null}
          {secret ? <RevealDialog secret={secret} onDone={handleStored} /> : null}
        </Suspense>
      ) : null}
      {commands.surface}
    </>
  );
}

// The order and the page are no part of what is selected from.
function withoutPlace(filter: TokenFilter): TokenFilter {
  return changeFilter(filter, NEWEST_FIRST);
}

function standsOut({ state, riskReasons }: TokenView): boolean {
  return riskReasons !== "" || state === "expires-soon";
}
