import type { Metadata } from "next";
import { cookies } from "next/headers";
import { load } from "@/app/load";
import { readSearchParams } from "@/app/search-params";
import { requireActor } from "@/auth/current-actor";
import { oidcSettings } from "@/auth/oidc";
import { AccountPage } from "@/components/account/account-page";
import type { AccountActions } from "@/components/account/actions";
import { toLinkOutcome } from "@/components/account/link-outcome";
import { OwnEvents } from "@/components/account/own-events";
import { Outage } from "@/components/outage";
import { isTheme, THEME_COOKIE } from "@/components/theme";
import { ownHistory } from "@/domain/audit/own-history";
import { getSettings } from "@/domain/settings/get";
import { identitiesOf } from "@/domain/users/get";
import { ownAccount } from "../own-account";
import {
  allowLinkAction,
  changeOwnPasswordAction,
  unlinkIdentityAction,
  updateOwnAccountAction,
} from "./actions";

export const metadata: Metadata = { title: "Your account" };

const ACTIONS: AccountActions = {
  update: updateOwnAccountAction,
  changePassword: changeOwnPasswordAction,
  allowLink: allowLinkAction,
  unlink: unlinkIdentityAction,
};

export default async function OwnAccountPage({ searchParams }: PageProps<"/account">) {
  const params = await readSearchParams(searchParams);
  const before = eventNumber(params.before);
  const data = await load(async () => {
    const actor = await requireActor();
    const [account, identities, history, settings] = await Promise.all([
      ownAccount(actor),
      identitiesOf(actor, actor.userId),
      ownHistory(actor, before),
      getSettings(),
    ]);
    return { account, identities, history, settings };
  });
  if (!data) return <Outage />;
  const { account, identities, history, settings } = data;
  const provider = oidcSettings();
  const theme = (await cookies()).get(THEME_COOKIE)?.value;
  const outcome = toLinkOutcome(params);
  const now = new Date();
  return (
    <AccountPage
      account={account}
      passwords={{ areOn: settings.localSignIn, lengthMin: settings.passwordLengthMin }}
      identities={identities}
      provider={provider && { name: provider.name, issuer: provider.issuer }}
      outcome={outcome === "linked" && identities.length === 0 ? null : outcome}
      theme={isTheme(theme) ? theme : "system"}
      now={now}
      actions={ACTIONS}
    >
      <OwnEvents
        events={history.events}
        isOlder={before !== undefined}
        older={history.older}
        now={now}
      />
    </AccountPage>
  );
}

function eventNumber(given: string | string[] | undefined): number | undefined {
  return typeof given === "string" && /^[1-9]\d{0,14}$/.test(given) ? Number(given) : undefined;
}
