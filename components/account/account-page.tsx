import type { ReactNode } from "react";
import { ThemeChoice } from "../frame/theme-choice";
import type { Theme } from "../theme";
import type { DateFormat } from "../time-format";
import type { AccountActions } from "./actions";
import { Card } from "./card";
import { Identities } from "./identities";
import type { IdentityView, Provider } from "./identity-view";
import { LinkNotice } from "./link-notice";
import type { LinkOutcome } from "./link-outcome";
import { PasswordForm } from "./password-form";
import { ProfileForm } from "./profile-form";
import { TimeForm } from "./time-form";
import { timeZonesWith } from "./time-zones";

interface AccountPageProps {
  account: {
    username: string;
    displayName: string;
    role: string;
    hasPassword: boolean;
    timeZone: string | null;
    dateFormat: DateFormat | null;
  };
  passwords: { areOn: boolean; lengthMin: number };
  identities: readonly IdentityView[];
  /** The identity provider of this installation, or null without one. */
  provider: Provider | null;
  outcome: LinkOutcome | null;
  theme: Theme;
  now: Date;
  actions: AccountActions;
  /** What happened lately. */
  children: ReactNode;
}

const ROLES: Record<string, string> = {
  user: "User, with tokens of your own",
  verifier: "Verifier, who may also check other people’s tokens",
  admin: "Administrator",
};

/** Everything people decide of their own account. */
export function AccountPage(props: AccountPageProps) {
  const { account, passwords, identities, provider, outcome, theme, now, actions } = props;
  const { username, timeZone, dateFormat } = account;
  return (
    <>
      <header>
        <h1 className="font-semibold text-xl leading-8 tracking-tight">Your account</h1>
        <p className="mt-1 break-words text-muted">
          <span className="font-medium text-ink">{username}</span> ·{" "}
          {ROLES[account.role] ?? account.role}
        </p>
      </header>
      {outcome ? (
        <div className="mt-4">
          <LinkNotice outcome={outcome} />
        </div>
      ) : null}
      <div className="mt-6 grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="grid min-w-0 gap-6">
          <Card title="Name">
            <ProfileForm displayName={account.displayName} action={actions.update} />
          </Card>
          <Card title="Password" hint={passwordHint(props)}>
            {passwords.areOn ? (
              <PasswordForm
                username={username}
                hasPassword={account.hasPassword}
                lengthMin={passwords.lengthMin}
                action={actions.changePassword}
              />
            ) : null}
          </Card>
          {provider || identities.length > 0 ? (
            <Card
              title="Linked identities"
              hint="Each of them signs you in to this account at the identity provider."
            >
              <Identities
                identities={identities}
                provider={provider}
                keptBecause={keptBecause(props)}
                now={now}
                actions={actions}
              />
            </Card>
          ) : null}
          <Card
            title="Date and time"
            hint="How exact times are written for you in every browser, and in which zone you choose dates."
          >
            <TimeForm
              stored={{ timeZone, dateFormat }}
              timeZones={timeZonesWith(timeZone)}
              now={now}
              action={actions.update}
            />
          </Card>
          <Card title="Theme" hint="In this browser.">
            <ThemeChoice initial={theme} isLarge />
          </Card>
        </div>
        {props.children}
      </div>
    </>
  );
}

function passwordHint({ passwords, account, provider }: AccountPageProps): string {
  if (!passwords.areOn) {
    const where = provider ? ` You sign in with ${provider.name}.` : "";
    return `An administrator has switched off signing in with a password.${where}`;
  }
  const effect = "A new one signs you out everywhere but here. Your tokens go on working.";
  return account.hasPassword ? effect : `You have none yet. ${effect}`;
}

function keptBecause({ identities, account, passwords }: AccountPageProps): string | null {
  if (identities.length !== 1) return null;
  if (!passwords.areOn) return "It stays linked: nothing else would let you in.";
  return account.hasPassword
    ? null
    : "It stays linked until you set a password: nothing else would let you in.";
}
