import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { load } from "@/app/load";
import { readSearchParams } from "@/app/search-params";
import { currentActor } from "@/auth/current-actor";
import { oidcSettings } from "@/auth/oidc";
import { safePath } from "@/auth/safe-path";
import { Doorway } from "@/components/frame/doorway";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { getSettings } from "@/domain/settings/get";
import { signInAction } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

// The address names one of these and nothing of the cause.
const PROBLEMS: Partial<Record<string, string>> = {
  "provider-unavailable": "The identity provider does not answer. Try again in a moment.",
  "provider-refused": "You could not be signed in with the identity provider.",
};

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { callbackUrl, error } = await readSearchParams(searchParams);
  const target = safePath(typeof callbackUrl === "string" ? callbackUrl : null);
  const actor = await load(currentActor);
  if (actor) redirect(target as "/tokens");
  const settings = await load(getSettings);
  return (
    <Doorway>
      <SignInForm
        action={signInAction}
        callbackUrl={target}
        hasPasswords={settings?.localSignIn ?? true}
        provider={oidcSettings()?.name ?? null}
        problem={typeof error === "string" ? (PROBLEMS[error] ?? null) : null}
      />
    </Doorway>
  );
}
