import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { load } from "@/app/load";
import { requireActor } from "@/auth/current-actor";
import { Frame } from "@/components/frame/frame";
import { Outage } from "@/components/outage";
import { ProofProvider } from "@/components/proof/proof-provider";
import { isTheme, THEME_COOKIE } from "@/components/theme";
import { isAdmin } from "@/domain/actor";
import { proofWaysAction, proveAction } from "./proof-actions";

export const dynamic = "force-dynamic";

const PROOF_ACTIONS = { ways: proofWaysAction, prove: proveAction };

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await load(requireActor);
  const stored = (await cookies()).get(THEME_COOKIE)?.value;
  return (
    <Frame
      user={actor && { name: actor.username, role: actor.role }}
      isAdmin={actor !== null && isAdmin(actor)}
      theme={isTheme(stored) ? stored : "system"}
    >
      {actor ? <ProofProvider actions={PROOF_ACTIONS}>{children}</ProofProvider> : <Outage />}
    </Frame>
  );
}
