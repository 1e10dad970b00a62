import type { Metadata } from "next";
import { load } from "@/app/load";
import { currentActor } from "@/auth/current-actor";
import { Doorway } from "@/components/frame/doorway";
import { Outage } from "@/components/outage";
import { SetPassword } from "@/components/sign-in/set-password";
import { getSettings } from "@/domain/settings/get";
import { setPasswordAction } from "./actions";

export const metadata: Metadata = {
  title: "Set your password",
  robots: { index: false, follow: false },
};

/** Where a one-time link leads. Its secret stands behind the #, so that no server is sent it here. */
export default async function SetPasswordPage() {
  const data = await load(() => Promise.all([currentActor(), getSettings()]));
  if (!data) return <Outage />;
  const [actor, settings] = data;
  return (
    <Doorway>
      <SetPassword
        action={setPasswordAction}
        lengthMin={settings.passwordLengthMin}
        hasPasswords={settings.localSignIn}
        signedInAs={actor?.username ?? null}
      />
    </Doorway>
  );
}
