import type { NextRequest } from "next/server";
import { startAtProvider } from "@/app/start-at-provider";
import { requireRecentProof } from "@/domain/sessions/proof";

/** Begins the linking of an identity at the provider to one's own account. */
export function POST(request: NextRequest): Promise<Response> {
  return startAtProvider(request, {
    purpose: "link",
    from: "/account",
    callbackUrl: "/account?linked",
    allow: (actor) => requireRecentProof(actor),
  });
}
