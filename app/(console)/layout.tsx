import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { load } from "@/app/load";
import { requireActor } from "@/auth/current-actor";
import { Frame } from "@/components/frame/frame";
import { Outage } from "@/components/outage";
import { ProofProvider } from "@/components/proof/proof-provider";
import { SignInWatch } from "@/components/sessions/sign-in-watch";
import { isTheme, THEME_COOKIE } from "@/components/theme";
import { TimeFormatProvider } from "@/components/time-format-provider";
import { UpdateWatch } from "@/components/update/update-watch";
import { isAdmin } from "@/domain/actor";
import { timeLeftNow } from "@/domain/sessions/time-left";
import { ownAccount } from "./own-account";
import { proofWaysAction, proveAction } from "./proof-actions";
import { staySignedInAction } from "./sessions/actions";

export const dynamic = "force-dynamic";

const PROOF_ACTIONS = { ways: proofWaysAction, prove: proveAction };

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const data = await load(async () => {
    const actor = await requireActor();
    const [account, timeLeft] = await Promise.all([ownAccount(actor), timeLeftNow(actor)]);
    return { actor, account, timeLeft };
  });
  const stored = (await cookies()).get(THEME_COOKIE)?.value;
  const theme = isTheme(stored) ? stored : "system";
  if (!data) {
    return (
      <Frame user={null} isAdmin={false} theme={theme}>
        <Outage />
      </Frame>
    );
  }
  const { actor, account, timeLeft } = data;
  const { displayName, timeZone, dateFormat } = account;
  return (
    <TimeFormatProvider format={{ timeZone, dateFormat }}>
      <Frame
        user={{ name: actor.username, displayName, role: actor.role }}
        isAdmin={isAdmin(actor)}
        theme={theme}
      >
        <ProofProvider actions={PROOF_ACTIONS}>{children}</ProofProvider>
        <SignInWatch initial={timeLeft} stay={staySignedInAction} />
        <UpdateWatch username={actor.username} />
      </Frame>
    </TimeFormatProvider>
  );
}
