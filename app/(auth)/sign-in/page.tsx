import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { load } from "@/app/load";
import { currentActor } from "@/auth/current-actor";
import { safePath } from "@/auth/safe-path";
import { Brand } from "@/components/frame/brand";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { signInAction } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { callbackUrl } = await searchParams;
  const target = safePath(typeof callbackUrl === "string" ? callbackUrl : null);
  const actor = await load(currentActor);
  if (actor) redirect(target as "/tokens");
  return (
    <main className="grid min-h-dvh content-center justify-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 text-lg">
          <Brand />
        </div>
        <SignInForm action={signInAction} callbackUrl={target} />
      </div>
    </main>
  );
}
