import type { Metadata } from "next";
import { load } from "@/app/load";
import { readSearchParams } from "@/app/search-params";
import { requireActor } from "@/auth/current-actor";
import { oidcSettings } from "@/auth/oidc";
import { Doorway } from "@/components/frame/doorway";
import { Outage } from "@/components/outage";
import { ProofDone } from "@/components/proof/proof-done";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

export const metadata: Metadata = { title: "Confirm that it is you" };

/** The tab in which somebody signs in anew at the provider while the other keeps its form. */
export default async function ProvePage({ searchParams }: PageProps<"/prove">) {
  const { error, done } = await readSearchParams(searchParams);
  const actor = await load(requireActor);
  const provider = oidcSettings();
  if (!actor) return <Outage />;
  return (
    <Doorway>
      <div className="grid gap-4 rounded-lg border border-line bg-surface p-5 shadow-sm sm:p-6">
        <h1 className="font-semibold text-lg">Confirm that it is you</h1>
        {done === undefined ? (
          <form action="/prove/start" method="post" className="grid gap-4">
            {error ? (
              <Notice tone="danger" alert>
                {error === "provider-unavailable"
                  ? "The identity provider does not answer. Try again in a moment."
                  : "That was no fresh sign-in of yours at the identity provider."}
              </Notice>
            ) : null}
            <p className="text-muted">
              Sign in again as {actor.username}. The other tab keeps what you typed.
            </p>
            <Button type="submit" variant="primary" className="justify-center" disabled={!provider}>
              Sign in again with {provider?.name ?? "the identity provider"}
            </Button>
          </form>
        ) : (
          <ProofDone />
        )}
      </div>
    </Doorway>
  );
}
