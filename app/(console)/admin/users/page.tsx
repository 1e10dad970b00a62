import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { load } from "@/app/load";
import { readSearchParams } from "@/app/search-params";
import { requireActor } from "@/auth/current-actor";
import { Outage } from "@/components/outage";
import { UserConsole } from "@/components/users/user-console";
import { toUserView } from "@/components/users/user-view";
import { isAdmin } from "@/domain/actor";
import { getSettings } from "@/domain/settings/get";
import { parseUserFilter } from "@/domain/users/filter";
import { HELD_TOKENS_MAX, holdingsOf } from "@/domain/users/holdings";
import { listUsers } from "@/domain/users/list";
import { userActions } from "./user-actions";

export const metadata: Metadata = { title: "Users" };

const PAGE_SIZE = 25;

export default async function UsersPage({ searchParams }: PageProps<"/admin/users">) {
  const filter = parseUserFilter(await readSearchParams(searchParams));
  const data = await load(async () => {
    const actor = await requireActor();
    if (!isAdmin(actor)) notFound();
    const { state, ...wanted } = filter;
    const enabled = state === undefined ? {} : { enabled: state === "enabled" };
    const [list, settings] = await Promise.all([
      listUsers(actor, { ...wanted, ...enabled }, { size: PAGE_SIZE }),
      getSettings(),
    ]);
    const ids = list.users.map(({ id }) => id);
    const holdings = await holdingsOf(actor, ids);
    const users = list.users.map((user) => ({
      ...toUserView(user, actor.userId),
      tokens: holdings.get(user.id)?.tokens ?? 0,
      hasIdentity: holdings.get(user.id)?.hasIdentity ?? false,
    }));
    return { list, users, settings };
  });
  if (!data) return <Outage />;
  return (
    <UserConsole
      filter={filter}
      users={data.users}
      tokensMax={HELD_TOKENS_MAX}
      next={data.list.next}
      previous={data.list.previous}
      now={new Date()}
      passwordLengthMin={data.settings.passwordLengthMin}
      hasPasswords={data.settings.localSignIn}
      actions={userActions}
    />
  );
}
