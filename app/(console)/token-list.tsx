import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { load } from "@/app/load";
import { readSearchParams } from "@/app/search-params";
import { requireActor } from "@/auth/current-actor";
import { readListRequest } from "@/components/inventory/list-request";
import { Outage } from "@/components/outage";
import { listHref } from "@/components/tokens/list-href";
import { LOOK_COOKIES, parseLook } from "@/components/tokens/list-look";
import { TokenConsole } from "@/components/tokens/token-console";
import { packTokens, toTokenView } from "@/components/tokens/token-view";
import { viewHref } from "@/components/views/view-href";
import { isAdmin } from "@/domain/actor";
import { toDomainError } from "@/domain/errors";
import { getSettings } from "@/domain/settings/get";
import { changeFilter, type SearchParams } from "@/domain/tokens/filter";
import { listTokens } from "@/domain/tokens/list";
import { canExtend } from "@/domain/tokens/policy";
import { defaultView } from "@/domain/views/default";
import { tokenActions } from "./token-actions";
import { viewActions } from "./view-actions";

const PAGE_SIZE = 25;

interface TokenListProps {
  title: string;
  path: "/tokens" | "/admin/tokens";
  scope: "own" | "all";
  searchParams: Promise<SearchParams>;
}

/** The list of one's own tokens, or of everybody's for admins: others do not find that page. */
export async function TokenList({ title, path, scope, searchParams }: TokenListProps) {
  const params = await readSearchParams(searchParams);
  const request = readListRequest(scope, params);
  const { filter, notices, query } = request;
  // Without scripts the search box sends its text: where all of it is understood, the address says it.
  if (query && query.problems.length + notices.length === 0) {
    redirect(listHref(`${path}?view=none`, filter));
  }
  const look = parseLook(scope, (await cookies()).get(LOOK_COOKIES[scope])?.value);
  const data = await load(async () => {
    const actor = await requireActor();
    if (scope === "all" && !isAdmin(actor)) notFound();
    const page = { size: PAGE_SIZE, ownOnly: scope === "own" };
    const opening = defaultView(actor, scope);
    if (Object.keys(params).length === 0) {
      const view = await opening;
      if (view) redirect(viewHref(scope, view));
    }
    const [list, settings, opened] = await Promise.all([
      listTokens(actor, filter, page).catch(async (error) => {
        const code = toDomainError(error)?.code;
        if (code === "tooSlow") return null;
        if (code !== "expired") throw error;
        return listTokens(actor, changeFilter(filter, {}), page);
      }),
      getSettings(),
      opening,
    ]);
    return { actor, list, settings, hasDefault: opened !== null };
  });
  if (!data) return <Outage />;
  const { actor, list, settings, hasDefault } = data;
  return (
    <TokenConsole
      title={title}
      path={hasDefault ? `${path}?view=none` : path}
      scope={scope}
      request={request}
      look={look}
      tokens={list && packTokens(list.tokens.map((token) => toTokenView(token, list.readAt)))}
      next={list?.next ?? null}
      previous={list?.previous ?? null}
      now={list?.readAt ?? new Date()}
      viewer={{ canExtend: canExtend(actor), ttlMsMax: settings.ttlMsMax }}
      actions={tokenActions}
      views={{ openId: viewIdOf(params), actions: viewActions }}
    />
  );
}

function viewIdOf({ view }: SearchParams): number | null {
  return typeof view === "string" && /^\d{1,15}$/.test(view) ? Number(view) : null;
}
