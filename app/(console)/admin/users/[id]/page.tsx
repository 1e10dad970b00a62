import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { load } from "@/app/load";
import { requireActor } from "@/auth/current-actor";
import { Outage } from "@/components/outage";
import { toTokenView } from "@/components/tokens/token-view";
import { toSessionView } from "@/components/users/session-view";
import { UserDetail } from "@/components/users/user-detail";
import { toUserView } from "@/components/users/user-view";
import { isAdmin } from "@/domain/actor";
import { userHistory } from "@/domain/audit/history";
import { getUser, identitiesOf } from "@/domain/users/get";
import { lastUsedTokensOf, liveSessionsOf } from "@/domain/users/latest-tokens";
import { signInLockOf } from "@/domain/users/lock";
import { userActions } from "../user-actions";

export const metadata: Metadata = { title: "User" };

export default async function UserPage({ params }: PageProps<"/admin/users/[id]">) {
  const { id } = await params;
  const data = await load(async () => {
    const actor = await requireActor();
    if (!isAdmin(actor)) notFound();
    const user = await getUser(actor, id);
    const [identities, lock, tokens, sessions, history] = await Promise.all([
      identitiesOf(actor, user.id),
      signInLockOf(actor, user.id),
      lastUsedTokensOf(actor, user.id),
      liveSessionsOf(actor, user.id),
      userHistory(actor, user.id),
    ]);
    return { actor, user, identities, lock, tokens, sessions, history };
  });
  if (!data) return <Outage />;
  const { actor, user, identities, lock, tokens, sessions, history } = data;
  const now = new Date();
  return (
    <UserDetail
      user={toUserView(user, actor.userId)}
      facts={{ uid: user.uid, identities }}
      lock={lock}
      tokens={tokens.map((token) => toTokenView(token, now))}
      sessions={sessions.map(toSessionView)}
      history={history}
      now={now}
      actions={userActions}
    />
  );
}
