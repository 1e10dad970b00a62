import type { Metadata } from "next";
import { load } from "@/app/load";
import { requireActor } from "@/auth/current-actor";
import { Outage } from "@/components/outage";
import { TokenDetail } from "@/components/tokens/token-detail";
import { toTokenView } from "@/components/tokens/token-view";

import { tokenHistory } from "@/domain/audit/history";
import { getSettings } from "@/domain/settings/get";
import { tokenEvidence } from "@/domain/tokens/evidence";
import { getToken } from "@/domain/tokens/get";
import { canExtend } from "@/domain/tokens/policy";
import { tokenActions } from "../../token-actions";

export const metadata: Metadata = { title: "Token" };

export default async function TokenPage({ params }: PageProps<"/tokens/[name]">) {
  const { name } = await params;
  const data = await load(async () => {
    const actor = await requireActor();
    const token = await getToken(actor, name);
    const [evidence, history, settings] = await Promise.all([
      tokenEvidence(actor, token.name),
      tokenHistory(token.name),
      getSettings(),
    ]);
    return { actor, token, evidence, history, settings };
  });
  if (!data) return <Outage />;
  const { actor, token, evidence, history, settings } = data;
  const now = new Date();
  return (
    <TokenDetail
      token={toTokenView(token, now)}
      facts={{
        uid: token.uid,
        ownerId: token.ownerId,
        updatedAt: token.updatedAt,
        labels: token.labels,
      }}
      evidence={evidence}
      history={history}
      now={now}
      isOwn={token.ownerId === actor.userId}
      viewer={{ canExtend: canExtend(actor), ttlMsMax: settings.ttlMsMax }}
      actions={tokenActions}
    />
  );
}
