"use client";

import { Notice } from "../ui/notice";
import { LinkedPassword, type LinkedPasswordProps } from "./linked-password";
import { PasswordCard } from "./password-card";
import { useLinkSecret } from "./use-link-secret";

interface SetPasswordProps extends Omit<LinkedPasswordProps, "secret"> {
  hasPasswords: boolean;
}

/** Takes the secret out of the address and asks for the password that it sets, once. */
export function SetPassword({ hasPasswords, ...props }: SetPasswordProps) {
  const secret = useLinkSecret();
  if (hasPasswords && secret) return <LinkedPassword key={secret} secret={secret} {...props} />;
  return (
    <PasswordCard title="Set your password">
      {hasPasswords ? (
        <p>{secret === undefined ? READING : NO_LINK}</p>
      ) : (
        <Notice tone="warning">Signing in with a password is switched off here.</Notice>
      )}
    </PasswordCard>
  );
}

const READING =
  "Reading the link… This page needs scripts, because the link’s secret stays in your browser until you send it.";
const NO_LINK =
  "There is no link in the address any more. Open the one that you were given once again, from the message that it came in.";
